package cloud.enact.console;

import java.util.Map;

/** What browsers are told about every answer: nothing of others is loaded, nobody frames a page, nothing is kept. */
final class ConsoleHeaders {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            // without any, browsers hide from us that a form is our own
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private ConsoleHeaders() {}

    /** An answer with them, where it does not say otherwise. */
    static Reply on(Reply reply) {
        return reply.withDefaults(HEADERS);
    }
}
