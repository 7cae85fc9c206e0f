package cloud.enact.connector.filesystem;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes steps from the names and arguments of operations. Thread-safe. */
final class FileSteps {

    private final String connector;

    private final AllowedOperations<FileOperation> allowed;

    private final Site site;

    private final Manifest.Lines lines;

    FileSteps(String connector, AllowedOperations<FileOperation> allowed, Site site, Manifest.Lines lines) {
        this.connector = connector;
        this.allowed = allowed;
        this.site = site;
        this.lines = lines;
    }

    /**
     * Prepares an operation whose arguments are hostile.
     *
     * @throws IllegalArgumentException when it is not allowed, or an argument is not what it takes
     */
    FileStep prepare(String operation, Map<String, @Nullable Object> args) {
        FileOperation known = this.allowed.require(operation, args);
        boolean writes = (known == FileOperation.WRITE_FILE || known == FileOperation.APPEND_FILE);
        return step(known, args, writes ? Content.from(args) : null);
    }

    /** Prepares the writing of content that is no argument. */
    FileStep write(FileOperation operation, String path, Content content) {
        Map<String, @Nullable Object> args = Map.of("path", path);
        return step(this.allowed.require(operation.id(), args), args, content);
    }

    /**
     * Stores a stream, which is read once but needed twice: to know its digest before the change, and to write it.
     *
     * @throws ConnectorException when it can't be stored
     */
    Content store(FileOperation operation, String path, InputStream content) {
        Map<String, @Nullable Object> args = Map.of("path", path);
        this.allowed.require(operation.id(), args);
        target(args, "path");
        CountingInputStream counting = new CountingInputStream(content);
        return Trouble.told(
                operation.id(),
                () -> Content.stored(this.site.blobs(), this.site.blobs().put(counting), counting.count()));
    }

    private FileStep step(FileOperation operation, Map<String, @Nullable Object> args, @Nullable Content content) {
        boolean lists = (operation == FileOperation.LIST_DIR);
        JailPath path = lists ? path(args, "path") : target(args, "path");
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("path", path.absolute(this.site.root()));
        if (content != null) {
            seen.putAll(content.args());
        }
        return switch (operation) {
            case READ_FILE -> new ReadFile(this.connector, operation, seen, this.site, path);
            case LIST_DIR -> new ListDir(this.connector, operation, seen, this.site, path);
            case WRITE_FILE, APPEND_FILE ->
                new WriteFile(this.connector, operation, seen, this.site, path, Objects.requireNonNull(content));
            case DELETE_FILE, DELETE_DIR -> new Delete(this.connector, operation, seen, this.site, path, this.lines);
            case MOVE_FILE -> {
                JailPath to = target(args, "to");
                if (to.equals(path)) {
                    throw new IllegalArgumentException("'path' and 'to' are the same");
                }
                seen.put("to", to.absolute(this.site.root()));
                yield new MoveFile(this.connector, operation, seen, this.site, path, to);
            }
        };
    }

    private JailPath target(Map<String, @Nullable Object> args, String argument) {
        JailPath path = path(args, argument);
        if (path.isRoot()) {
            throw new IllegalArgumentException("The root itself is neither read, written, moved nor deleted");
        }
        return path;
    }

    private JailPath path(Map<String, @Nullable Object> args, String argument) {
        if (args.get(argument) instanceof String text) {
            return this.site.jail().parse(text);
        }
        throw new IllegalArgumentException("'" + argument + "' is missing or not text");
    }
}
