package cloud.enact.console;

import cloud.enact.api.Connection;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request to the web server of the JDK, which decodes and checks little: what looks strange names nothing here. */
final class PlainExchange implements ConsoleExchange {

    private static final int LONGEST_BODY = 256 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,255}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+](:[0-9]{1,5})?");

    private final HttpExchange http;

    private final byte[] body;

    private PlainExchange(HttpExchange http, byte[] body) {
        this.http = http;
        this.body = body;
    }

    /** Reads a request to its end, or as far as one may go. */
    static PlainExchange read(HttpExchange http) throws IOException {
        return new PlainExchange(http, http.getRequestBody().readNBytes(LONGEST_BODY + 1));
    }

    @Override
    public String method() {
        return this.http.getRequestMethod();
    }

    @Override
    public String context() {
        return "";
    }

    @Override
    public String path() {
        URI uri = this.http.getRequestURI();
        boolean plain = uri.getScheme() == null && uri.getRawAuthority() == null && uri.getRawFragment() == null;
        return (plain && uri.getRawPath() != null) ? uri.getRawPath() : "";
    }

    @Override
    public @Nullable String header(String name) {
        return this.http.getRequestHeaders().getFirst(name);
    }

    @Override
    public Connection connection() {
        return new Connection(
                this.http.getRemoteAddress().getAddress().getHostAddress(),
                this.http.getLocalAddress().getAddress().getHostAddress(),
                host(),
                header("Origin"),
                this.http.getRequestHeaders().keySet());
    }

    private @Nullable String host() {
        List<String> hosts = this.http.getRequestHeaders().getOrDefault("Host", List.of());
        return (hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches()) ? hosts.get(0) : null;
    }

    @Override
    public int port() {
        return this.http.getLocalAddress().getPort();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public Map<String, String[]> fields() {
        if (this.body.length > LONGEST_BODY) {
            throw new IllegalArgumentException("The form is too long");
        }
        String type = header("Content-Type");
        boolean form = type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
        return FormFields.read(this.http.getRequestURI().getRawQuery(), form ? this.body : new byte[0]);
    }

    @Override
    public List<String> cookies(String name) {
        List<String> values = new ArrayList<>(1);
        for (String header : this.http.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";")) {
                String cookie = pair.strip();
                if (cookie.startsWith(name + "=")) {
                    values.add(cookie.substring(name.length() + 1));
                }
            }
        }
        return values;
    }

    @Override
    public @Nullable String user() {
        return null;
    }

    @Override
    public boolean isInRole(String role) {
        return false;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> securityField() {
        return null;
    }

    @Override
    public void send(Reply reply) throws IOException {
        try {
            head(reply);
            if (method().equals("HEAD") || reply.body().length == 0) {
                this.http.sendResponseHeaders(reply.status(), -1);
            } else {
                this.http.sendResponseHeaders(reply.status(), reply.body().length);
                this.http.getResponseBody().write(reply.body());
            }
        } finally {
            this.http.close();
        }
    }

    private void head(Reply reply) {
        reply.headers().forEach(this.http.getResponseHeaders()::set);
        if (!reply.type().isEmpty()) {
            this.http.getResponseHeaders().set("Content-Type", reply.type());
        }
    }

    @Override
    public Held hold(Reply head) throws IOException {
        head(head);
        this.http.sendResponseHeaders(head.status(), 0);
        this.http.getResponseBody().flush();
        return last -> {
            try (OutputStream out = this.http.getResponseBody()) {
                out.write(last);
            } finally {
                this.http.close();
            }
        };
    }
}
