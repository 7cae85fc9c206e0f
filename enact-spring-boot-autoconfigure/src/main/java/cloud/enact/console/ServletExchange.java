package cloud.enact.console;

import cloud.enact.api.Connection;
import cloud.enact.api.ServletConnection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;

/** A request to a servlet. */
final class ServletExchange implements ConsoleExchange {

    private static final Log logger = LogFactory.getLog(ServletExchange.class);

    private final HttpServletRequest request;

    private final HttpServletResponse response;

    ServletExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public String method() {
        return this.request.getMethod();
    }

    @Override
    public String context() {
        return parsed().contextPath().value();
    }

    @Override
    public String path() {
        return parsed().pathWithinApplication().value();
    }

    private RequestPath parsed() {
        return ServletRequestPathUtils.hasParsedRequestPath(this.request)
                ? ServletRequestPathUtils.getParsedRequestPath(this.request)
                : ServletRequestPathUtils.parseAndCache(this.request);
    }

    @Override
    public @Nullable String header(String name) {
        return this.request.getHeader(name);
    }

    @Override
    public Connection connection() {
        return ServletConnection.of(this.request);
    }

    @Override
    public int port() {
        return this.request.getLocalPort();
    }

    @Override
    public boolean isSecure() {
        return this.request.isSecure();
    }

    @Override
    public Map<String, String[]> fields() {
        return this.request.getParameterMap();
    }

    @Override
    public List<String> cookies(String name) {
        Cookie[] cookies = this.request.getCookies();
        return (cookies == null)
                ? List.of()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .toList();
    }

    @Override
    public @Nullable String user() {
        Principal principal = this.request.getUserPrincipal();
        return (principal != null) ? principal.getName() : null;
    }

    @Override
    public boolean isInRole(String role) {
        return this.request.isUserInRole(role);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> securityField() {
        Object token = this.request.getAttribute("_csrf");
        return (token != null) ? SecurityToken.of(token) : null;
    }

    @Override
    public void send(Reply reply) throws IOException {
        begin(reply);
        this.response.setContentLength(reply.body().length);
        this.response.getOutputStream().write(reply.body());
    }

    private void begin(Reply reply) {
        this.response.setStatus(reply.status());
        reply.headers().forEach(this.response::setHeader);
        if (!reply.type().isEmpty()) {
            this.response.setContentType(reply.type());
        }
    }

    @Override
    public @Nullable Held hold(Reply head) throws IOException {
        if (!this.request.isAsyncSupported()) {
            return null;
        }
        begin(head);
        this.response.flushBuffer();
        AsyncContext context = this.request.startAsync(this.request, this.response);
        context.setTimeout(0);
        return last -> end(context, last);
    }

    private static void end(AsyncContext context, byte[] last) throws IOException {
        try {
            context.getResponse().getOutputStream().write(last);
        } catch (IllegalStateException ex) {
            throw new IOException(ex);
        } finally {
            complete(context);
        }
    }

    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException ex) {
            logger.trace("It had ended already", ex);
        }
    }
}
