package cloud.enact.analysis.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which programs may read a text as a path. A tool may expand {@code ~}, take a {@code file:} URL, or turn
 * backslashes round; whoever judges a path looks at all of them. Nothing here touches the disk.
 *
 * @param spellings every way to read it, with {@code /} between names; empty when there is a problem
 * @param problem why nobody can say what it names, as the end of a sentence that begins with "the path"; or
 *     {@code null}
 */
public record PathReading(List<String> spellings, @Nullable String problem) {

    private static final int LONGEST = 4096;

    public PathReading {
        spellings = List.copyOf(spellings);
        if (spellings.isEmpty() == (problem == null)) {
            throw new IllegalArgumentException("A path has spellings or a problem");
        }
    }

    /**
     * Reads a text as a path.
     *
     * @param text hostile text
     * @param home the user's home directory, absolute, for {@code ~}
     */
    public static PathReading of(String text, String home) {
        if (text.length() > LONGEST) {
            return problem("is longer than " + LONGEST + " characters");
        }
        String path = text.strip();
        if (startsWithScheme(path, "file:")) {
            String decoded = fileUrl(path);
            if (decoded == null) {
                return problem("is a file URL that can't be understood");
            }
            path = decoded;
        } else if (hasScheme(path)) {
            return problem("is a URL");
        }
        if (path.chars().anyMatch(c -> c < ' ' || c == 127)) {
            return problem("holds control characters");
        }
        if (isExpanded(path)) {
            return problem("holds a variable or a command that something else would expand");
        }
        Set<String> spellings = new LinkedHashSet<>();
        for (String spelling : List.of(path, path.replace('\\', '/'))) {
            if (spelling.equals("~") || spelling.startsWith("~/")) {
                spellings.add(home + spelling.substring(1));
            } else if (spelling.startsWith("~") && isUserName(spelling.substring(1, end(spelling)))) {
                return problem("starts in somebody else's home directory");
            } else {
                spellings.add(spelling);
            }
        }
        // a tool that takes addresses may take the path for a part of one
        String decoded = hidesNames(path) ? decoded(path) : null;
        if (decoded != null) {
            if (decoded.chars().anyMatch(c -> c < ' ' || c == 127)) {
                return problem("holds control characters");
            }
            spellings.add(decoded);
            spellings.add(decoded.replace('\\', '/'));
        }
        return new PathReading(List.copyOf(spellings), null);
    }

    /** Whether dots or separators are written in percent, as nobody needs to whose path is none of an address. */
    static boolean hidesNames(String path) {
        String folded = (path.indexOf('%') >= 0) ? path.toLowerCase(Locale.ROOT) : "";
        return folded.contains("%2e") || folded.contains("%2f") || folded.contains("%5c");
    }

    private static PathReading problem(String problem) {
        return new PathReading(List.of(), problem);
    }

    private static int end(String spelling) {
        int slash = spelling.indexOf('/');
        return (slash >= 0) ? slash : spelling.length();
    }

    /** {@code ~root} is a home; {@code ~backup.txt} and {@code ~$letter.docx} are files. */
    private static boolean isUserName(String name) {
        return name.chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '+' || c == '-'));
    }

    private static boolean startsWithScheme(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** A scheme of one letter is a drive. */
    static boolean hasScheme(String text) {
        int colon = text.indexOf(':');
        if (colon < 2) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return text.startsWith("//", colon + 1)
                || startsWithScheme(text, "jar:")
                || startsWithScheme(text, "nested:")
                || startsWithScheme(text, "classpath:");
    }

    private static boolean isExpanded(String path) {
        if (path.contains("${") || path.contains("$(") || path.indexOf('`') >= 0) {
            return true;
        }
        if (path.startsWith("%")) {
            return path.indexOf('%', 1) > 1;
        }
        return path.length() > 1
                && path.charAt(0) == '$'
                && Character.isLetter(path.charAt(1))
                && (path.indexOf('/') > 0 || path.equals(path.toUpperCase(Locale.ROOT)));
    }

    /** RFC 8089: {@code file:/x}, {@code file:///x} and {@code file://localhost/x}; any other host is not this disk. */
    static @Nullable String fileUrl(String url) {
        String rest = url.substring("file:".length());
        for (char end : new char[] {'?', '#'}) {
            int at = rest.indexOf(end);
            rest = (at >= 0) ? rest.substring(0, at) : rest;
        }
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String host = rest.substring(2, (slash < 0) ? rest.length() : slash);
            if (slash < 0 || !host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
                return null;
            }
            rest = rest.substring(slash);
        }
        return decoded(rest);
    }

    /** Percent-decoding of RFC 3986, section 2.1, as UTF-8; {@code null} when it is malformed. */
    static @Nullable String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.put(raw[i]);
                continue;
            }
            int high = (i + 2 < raw.length) ? Character.digit(raw[i + 1], 16) : -1;
            int low = (i + 2 < raw.length) ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException ex) {
            return null;
        }
    }
}
