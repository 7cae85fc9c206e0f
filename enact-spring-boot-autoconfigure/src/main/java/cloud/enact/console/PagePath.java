package cloud.enact.console;

import java.util.List;

/** Reads which page an address names, from its characters as they were sent: nothing in it is decoded. */
final class PagePath {

    private static final int LONGEST = 200;

    private final String path;

    PagePath(String path) {
        this.path = path;
    }

    /** What the addresses of all pages begin with. */
    String base(ConsoleExchange exchange) {
        String context = exchange.context();
        return (isAsConfigured(context) ? context : "") + this.path;
    }

    /**
     * Whether it is written as it was configured, and not with something else in it that leads there too: it stands in
     * links and in the path of a cookie.
     */
    private static boolean isAsConfigured(String context) {
        return context.chars().allMatch(PagePath::isPlain) && !context.contains("//") && !context.contains("/.");
    }

    /** The segments behind that; an address that is written in any other way names nothing. */
    List<String> segments(ConsoleExchange exchange) {
        String within = exchange.path();
        if (!within.startsWith(this.path) || !isAsConfigured(exchange.context())) {
            throw ConsoleException.notFound();
        }
        String rest = within.substring(this.path.length());
        if (rest.isEmpty() || rest.equals("/")) {
            return List.of();
        }
        if (rest.length() > LONGEST || !rest.chars().allMatch(PagePath::isPlain)) {
            throw ConsoleException.notFound();
        }
        List<String> segments = List.of(rest.split("/", -1));
        if (!segments.get(0).isEmpty()
                || segments.subList(1, segments.size()).stream().anyMatch(PagePath::isNoName)) {
            throw ConsoleException.notFound();
        }
        return segments.subList(1, segments.size());
    }

    private static boolean isNoName(String segment) {
        return segment.isEmpty() || segment.startsWith(".");
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "/-._".indexOf(c) >= 0;
    }
}
