package cloud.enact.connector.filesystem;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the content of a file is kept by somebody who needs no copy of it, such as version control.
 *
 * @param repository the directory in which it is kept, relative to the root, names joined by slashes
 * @param object what it is called there, in hexadecimal digits
 */
public record Kept(String repository, String object) {

    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40,64}");

    public Kept {
        if (JailPath.ROOT.equals(path(repository)) || !OBJECT.matcher(object).matches()) {
            throw new IllegalArgumentException("Not a place where content is kept");
        }
    }

    /** The directory in which it is kept. */
    JailPath path() {
        return path(this.repository);
    }

    private static JailPath path(String repository) {
        return new JailPath(List.of(repository.split("/", -1)));
    }

    Map<String, @Nullable Object> values() {
        return Map.of("repository", this.repository, "object", this.object);
    }

    /**
     * Reads what {@link #values} wrote.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static Kept from(@Nullable Object value) {
        if (value instanceof Map<?, ?> values) {
            return new Kept(Node.text(values, "repository"), Node.text(values, "object"));
        }
        throw new IllegalArgumentException("Not a place where content is kept");
    }
}
