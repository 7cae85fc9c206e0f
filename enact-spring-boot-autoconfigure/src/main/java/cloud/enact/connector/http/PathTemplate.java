package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request. A value is one segment, or a part of one, whatever it holds: it never leads anywhere else.
 * Immutable.
 */
final class PathTemplate {

    private static final String UNRESERVED = "-._~";

    /** Besides the above, what a declaration may write as it is. */
    private static final String WRITTEN = UNRESERVED + "!$&'()*+,;=:@%";

    private static final int LONGEST = 512;

    private final String text;

    private final List<Template> segments;

    private PathTemplate(String text, List<Template> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    static PathTemplate read(Place place, String text, Variables variables, Template.Scope scope) {
        if (!text.startsWith("/")) {
            throw place.wrong("must be a path that begins with a slash", "The host is that of 'base-url'.");
        }
        List<Template> segments = new ArrayList<>();
        String[] written = text.substring(1).split("/", -1);
        for (int i = 0; i < written.length; i++) {
            Template segment = Template.read(place, written[i], variables);
            boolean last = i == written.length - 1;
            if (written[i].isEmpty() && !last || isDots(literal(segment))) {
                throw place.wrong("has a part that is empty or leads upwards", "Write the path out.");
            }
            if (!literal(segment).chars().allMatch(c -> isPlain(c, WRITTEN))) {
                throw place.wrong(
                        "has characters that a path can't have", "Put what follows a question mark into 'query'.");
            }
            segment.placeholders().forEach(placeholder -> scope.require(placeholder, false, place));
            segments.add(segment);
        }
        return new PathTemplate(text, segments);
    }

    private static String literal(Template segment) {
        StringBuilder literal = new StringBuilder();
        segment.parts().stream().filter(String.class::isInstance).forEach(literal::append);
        return segment.placeholders().isEmpty()
                ? literal.toString()
                : literal.append('x').toString();
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /** What follows a semicolon is no part of the name to some servers. */
    private static boolean isUpwards(String value) {
        return isDots(value.split(";", 2)[0]);
    }

    private static boolean isPlain(int c, String others) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
    }

    boolean needsOnlyArguments() {
        return this.segments.stream().allMatch(PathTemplate::needsOnlyArguments);
    }

    static boolean needsOnlyArguments(Template template) {
        return template.placeholders().stream()
                .allMatch(placeholder -> placeholder.origin() == Placeholder.Origin.ARGUMENT);
    }

    String render(Values values) {
        StringBuilder path = new StringBuilder();
        for (Template segment : this.segments) {
            StringBuilder rendered = new StringBuilder();
            for (Object part : segment.parts()) {
                rendered.append(
                        (part instanceof Placeholder placeholder)
                                ? encoded(placeholder, Template.scalar(placeholder, values))
                                : part);
            }
            if (isUpwards(rendered.toString().replace("%3B", ";"))) {
                throw new ConnectorException("A value would lead the path of the request elsewhere");
            }
            path.append('/').append(rendered);
        }
        return path.toString();
    }

    /** What servers and proxies are known to take for the end of a segment, encoded or not, no value may hold. */
    private static String encoded(Placeholder placeholder, String value) {
        boolean hostile = value.chars().anyMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c));
        if (value.isEmpty() || value.length() > LONGEST || hostile || isUpwards(value)) {
            throw new ConnectorException(
                    placeholder + " can't be a part of a path: it must have 1 to " + LONGEST
                            + " characters, no slash, backslash, percent or control character among them, and not lead upwards");
        }
        return percentEncoded(value);
    }

    static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (c < 128 && isPlain(c, UNRESERVED)) {
                encoded.append((char) c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /** The path as it is declared, which holds no values. */
    @Override
    public String toString() {
        return this.text;
    }
}
