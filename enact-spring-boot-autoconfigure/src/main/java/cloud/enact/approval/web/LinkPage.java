package cloud.enact.approval.web;

import cloud.enact.action.Sha256;
import cloud.enact.approval.ApprovalView;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The one page, with what it is about. Everything in it is escaped but its own style. Thread-safe. */
final class LinkPage {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Template template;

    private final String style;

    private final String policy;

    LinkPage() {
        this.template = Mustache.compiler().defaultValue("").compile(resource("link.mustache"));
        this.style = resource("link.css");
        this.policy = "default-src 'none'; style-src 'sha256-" + digest(this.style)
                + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    private static String resource(String name) {
        try (InputStream stream = LinkPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String digest(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text));
    }

    /** Asks once more. */
    ResponseEntity<byte[]> question(ApprovalView view, boolean approve, String approver) {
        Map<String, Object> form = new HashMap<>();
        form.put("answer", approve ? "approve" : "deny");
        form.put("button", approve ? "yes" : "no");
        form.put("verb", approve ? "Approve" : "Deny");
        form.put("approver", approver);
        Map<String, Object> page = about(view);
        page.put("title", approve ? "Approve " + view.action() + "?" : "Deny " + view.action() + "?");
        page.put("form", form);
        return render(200, page);
    }

    /** Says something about a request, or about none. */
    ResponseEntity<byte[]> statement(int status, String title, String message, @Nullable ApprovalView view) {
        Map<String, Object> page = (view != null) ? about(view) : new HashMap<>();
        page.put("title", title);
        page.put("message", message);
        return render(status, page);
    }

    private static Map<String, Object> about(ApprovalView view) {
        Map<String, Object> request = new HashMap<>();
        request.put("action", view.action());
        request.put("requester", view.requester());
        request.put("asked", view.asked());
        request.put("until", view.until());
        request.put("asks", view.asks());
        request.put("effect", view.effect());
        request.put("reversibility", view.reversibility());
        if (!view.quorum().isEmpty()) {
            request.put("quorum", view.quorum());
        }
        request.put("arguments", view.arguments());
        request.put("hasArguments", !view.arguments().isEmpty());
        Map<String, Object> page = new HashMap<>();
        page.put("request", request);
        page.put("ticket", view.ticket());
        return page;
    }

    private ResponseEntity<byte[]> render(int status, Map<String, Object> page) {
        page.put("style", this.style);
        for (String optional : new String[] {"message", "request", "form", "ticket"}) {
            page.putIfAbsent(optional, false);
        }
        byte[] body = this.template.execute(page).getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", this.policy)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                // the address is a secret from others; with no referrer at all browsers would send 'Origin: null' with
                // the answer, which applications with rules for other origins refuse
                .header("Referrer-Policy", "same-origin")
                .header("X-Robots-Tag", "noindex, nofollow")
                .body(body);
    }
}
