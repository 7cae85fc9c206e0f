package cloud.enact.console;

import cloud.enact.action.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A request for a page, read from hostile text. No exception echoes what was sent.
 *
 * @param http the request itself
 * @param base what the addresses of all pages begin with
 * @param path the segments behind that
 * @param visitor whoever asks
 */
record PageRequest(ConsoleExchange http, String base, List<String> path, Visitor visitor) {

    private static final Log logger = LogFactory.getLog(PageRequest.class);

    private static final int LONGEST = 2000;

    boolean isPost() {
        return this.http.method().equals("POST");
    }

    /** A segment of the path, or an empty text behind its end. */
    String segment(int index) {
        return (index < this.path.size()) ? this.path.get(index) : "";
    }

    /** The run that a segment names. */
    RunId run() {
        try {
            return RunId.parse(segment(1));
        } catch (IllegalArgumentException ex) {
            throw ConsoleException.notFound();
        }
    }

    /** The request for approval, or the action, that a text names. */
    static UUID id(String text) {
        try {
            return RunId.parse(text).value();
        } catch (IllegalArgumentException ex) {
            throw ConsoleException.notFound();
        }
    }

    /** A field, or {@code null} when it is missing or blank. */
    @Nullable
    String field(String name) {
        return field(name, LONGEST);
    }

    @Nullable
    String field(String name, int longest) {
        String[] values = sent().get(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw ConsoleException.malformed("A field is there twice. Send it once.");
        }
        String text = values[0].strip();
        if (text.length() > longest) {
            throw ConsoleException.malformed("A field has more than " + longest + " characters. Send fewer.");
        }
        return text.isEmpty() ? null : text;
    }

    /** Refuses fields nobody reads: whoever sent one meant something by it. */
    void requireOnly(Set<String> known) {
        if (!known.containsAll(sent().keySet())) {
            throw ConsoleException.malformed("The address names a field that this page does not have.");
        }
    }

    /** Servers throw for what they can't read, each something of its own, with what was sent in the message. */
    Map<String, String[]> sent() {
        try {
            return this.http.fields();
        } catch (RuntimeException ex) {
            logger.debug("Fields of a request can't be read");
            throw ConsoleException.malformed("The fields can't be read: they are too many, too long, or no text.");
        }
    }
}
