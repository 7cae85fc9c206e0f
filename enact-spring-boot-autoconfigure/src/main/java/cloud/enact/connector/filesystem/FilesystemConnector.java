package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files under one root, undone byte for byte. Thread-safe.
 *
 * <p>No operation leaves the root, whatever is renamed or linked meanwhile: paths are walked one open directory at a
 * time and links are never followed. A link at the end of a path is the link itself when it is moved or deleted, and
 * is refused when it is read or written. Enact's own data, {@code .enact} and {@code .enact-stage}, are out of reach
 * wherever they lie.
 *
 * <p>Every write replaces a file at once, so that a crash leaves either the old or the new content. Undo restores
 * type, content, permission bits, modification time and link target, and owner and group where the process may give
 * files away. It does not restore: that several names were one file (hard links), set-user, set-group and sticky bits,
 * access control lists and extended attributes, access times. Times of directories around a change come back to the
 * microsecond. New files belong to the user and group of the process.
 *
 * <p>Needs a platform on which Java can hold directories open: Linux, or macOS, where symbolic links are not moved or
 * deleted because nothing there reads their target safely.
 *
 * <p>An attempt to change what somebody else is changing fails. In the instant between the last look at a path and its
 * renaming, somebody else's write to that very file can still be lost; no file system call prevents that.
 */
public final class FilesystemConnector implements Connector, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");

    private final String name;

    private final Set<FileOperation> allowed;

    private final StepExecutor steps;

    private final Site site;

    private final Manifest.Lines lines = new Manifest.Lines();

    private final StepUndo undo;

    private FilesystemConnector(Builder builder, StepExecutor steps, BlobStore blobs, Set<FileOperation> allowed)
            throws IOException {
        this.name = builder.name;
        this.allowed = Set.copyOf(allowed);
        this.steps = steps;
        this.site = new Site(
                Jail.open(builder.root, builder.outOfReach, builder.sideFilesOf),
                blobs,
                builder.limits,
                builder.clock,
                builder.failpoints);
        this.undo = new FilesystemUndo(this.name, this.site, this.lines);
        if (allowed.stream().anyMatch(operation -> operation.reversibility() != Reversibility.READ_ONLY)) {
            prepareStage();
        }
    }

    /**
     * Starts a connector for the files under a directory.
     *
     * @param root an existing directory
     */
    public static Builder root(Path root) {
        return new Builder(root);
    }

    /**
     * Makes a connector that only undoes, for records whose connector is configured differently by now or not at all.
     *
     * @param name name of the connector that made the records
     * @param root the root they were made under, see {@link #recordedRoot}
     * @param blobs where their content is
     * @throws IOException when the root can't be opened
     */
    public static FilesystemConnector undoOnly(String name, Path root, BlobStore blobs) throws IOException {
        StepExecutor none = step -> {
            throw new IllegalStateException("This connector only undoes");
        };
        return root(root).name(name).build(none, blobs);
    }

    /**
     * Returns the root a record was made under.
     *
     * @throws IllegalArgumentException when the record was not made by a filesystem connector
     */
    public static Path recordedRoot(UndoRecord record) {
        return Path.of(StepMemo.rootOf(record));
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Set<String> operations() {
        Set<String> ids = new TreeSet<>();
        this.allowed.forEach(operation -> ids.add(operation.id()));
        return Set.copyOf(ids);
    }

    @Override
    public Reversibility reversibility(String operation) {
        return known(operation).reversibility();
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        FileOperation known = allowed(operation);
        for (String argument : args.keySet()) {
            if (!known.arguments().contains(argument)) {
                throw new IllegalArgumentException(
                        known.id() + " takes " + new TreeSet<>(known.arguments()) + " and nothing else");
            }
        }
        boolean writes = (known == FileOperation.WRITE_FILE || known == FileOperation.APPEND_FILE);
        return step(known, args, writes ? Content.from(args) : null);
    }

    @Override
    public StepUndo undo() {
        return this.undo;
    }

    /**
     * Reads a file.
     *
     * @param path relative to the root, or absolute and below it
     * @return its content
     * @throws IllegalArgumentException when the operation is not allowed, or the path leads out of the root
     * @throws ConnectorException when there is no such file, or it is larger than is read at once
     */
    public byte[] readFile(String path) {
        Map<String, @Nullable Object> output =
                perform("read_file", Map.of("path", path)).output();
        if (output.get("content") instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return Base64.getDecoder().decode(String.valueOf(output.get("content_base64")));
    }

    /**
     * Reads a file of UTF-8 text.
     *
     * @throws IllegalArgumentException when the operation is not allowed, or the path leads out of the root
     * @throws ConnectorException when there is no such file, it is too large, or it is not text
     */
    public String readText(String path) {
        if (perform("read_file", Map.of("path", path)).output().get("content") instanceof String text) {
            return text;
        }
        throw new ConnectorException("read_file: the file is not UTF-8 text; read its bytes");
    }

    /**
     * Writes a file, making directories it needs. Writing what is there already is found done: {@code unchanged}.
     *
     * @return with {@code path}, {@code bytes} and {@code sha256}
     */
    public StepResult writeFile(String path, String text) {
        return perform("write_file", Map.of("path", path, "content", text));
    }

    /** Writes a file, see {@link #writeFile(String, String)}. */
    public StepResult writeFile(String path, byte[] bytes) {
        return write(FileOperation.WRITE_FILE, path, Content.of(bytes));
    }

    /**
     * Writes a file of any size. Policies see digest and length of the content, not the content itself.
     *
     * @param content read to its end, not closed
     */
    public StepResult writeFile(String path, InputStream content) {
        return write(FileOperation.WRITE_FILE, path, store(FileOperation.WRITE_FILE, path, content));
    }

    /** Adds text to the end of a file, which is made when it is not there. */
    public StepResult appendFile(String path, String text) {
        return perform("append_file", Map.of("path", path, "content", text));
    }

    /** Adds bytes to the end of a file, which is made when it is not there. */
    public StepResult appendFile(String path, byte[] bytes) {
        return write(FileOperation.APPEND_FILE, path, Content.of(bytes));
    }

    /**
     * Gives a file or link another name, making directories it needs. A file that is there already is not replaced;
     * when only the new name is there, the move is found done: {@code moved}.
     *
     * @return with {@code path} and {@code to}
     */
    public StepResult moveFile(String from, String to) {
        return perform("move_file", Map.of("path", from, "to", to));
    }

    /** Deletes a file or link. What is not there is found done: {@code deleted}. */
    public StepResult deleteFile(String path) {
        return perform("delete_file", Map.of("path", path));
    }

    /**
     * Deletes a directory with all that is in it, at once. Refused before anything changes when something in it can't
     * be brought back: a device, pipe or socket, another file system, Enact's own data.
     *
     * @return with {@code path} and {@code entries}, the directory itself included
     */
    public StepResult deleteDir(String path) {
        return perform("delete_dir", Map.of("path", path));
    }

    /**
     * Lists a directory.
     *
     * @param path as elsewhere; {@code .} for the root
     * @return with {@code entries} ({@code name}, {@code kind}, {@code bytes}, {@code modified}) and {@code truncated}
     */
    public StepResult listDir(String path) {
        return perform("list_dir", Map.of("path", path));
    }

    /** Closes the root. Operations fail afterwards. */
    @Override
    public void close() throws IOException {
        this.site.close();
    }

    private StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return this.steps.perform(prepare(operation, args));
    }

    private StepResult write(FileOperation operation, String path, Content content) {
        allowed(operation.id());
        return this.steps.perform(step(operation, Map.of("path", path), content));
    }

    /** A stream is read once but needed twice: to know its digest before the change, and to write it. */
    private Content store(FileOperation operation, String path, InputStream content) {
        allowed(operation.id());
        target(Map.of("path", path), "path");
        Counting counting = new Counting(content);
        return Trouble.told(
                operation.id(),
                () -> Content.stored(this.site.blobs(), this.site.blobs().put(counting), counting.count));
    }

    private StepOperation step(FileOperation operation, Map<String, @Nullable Object> args, @Nullable Content content) {
        boolean lists = (operation == FileOperation.LIST_DIR);
        JailPath path = lists ? path(args, "path") : target(args, "path");
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        seen.put("path", path.absolute(this.site.root()));
        if (content != null) {
            seen.putAll(content.args());
        }
        return switch (operation) {
            case READ_FILE -> new ReadFile(this.name, operation, seen, this.site, path);
            case LIST_DIR -> new ListDir(this.name, operation, seen, this.site, path);
            case WRITE_FILE, APPEND_FILE ->
                new WriteFile(this.name, operation, seen, this.site, path, java.util.Objects.requireNonNull(content));
            case DELETE_FILE, DELETE_DIR -> new Delete(this.name, operation, seen, this.site, path, this.lines);
            case MOVE_FILE -> {
                JailPath to = target(args, "to");
                if (to.equals(path)) {
                    throw new IllegalArgumentException("'path' and 'to' are the same");
                }
                seen.put("to", to.absolute(this.site.root()));
                yield new MoveFile(this.name, operation, seen, this.site, path, to);
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

    private FileOperation allowed(String operation) {
        FileOperation known = known(operation);
        if (!this.allowed.contains(known)) {
            throw new IllegalArgumentException("Operation '" + known.id() + "' of connector '" + this.name
                    + "' is not allowed; allow it by adding it to the connector's operations");
        }
        return known;
    }

    private static FileOperation known(String operation) {
        FileOperation known = FileOperation.of(operation);
        if (known == null) {
            throw new IllegalArgumentException("A filesystem connector has no such operation; it has " + all());
        }
        return known;
    }

    private static List<String> all() {
        List<String> ids = new ArrayList<>();
        for (FileOperation operation : FileOperation.values()) {
            ids.add(operation.id());
        }
        return ids;
    }

    private void prepareStage() throws IOException {
        try {
            this.site.stage();
        } catch (IOException | RuntimeException ex) {
            this.site.close();
            throw ex;
        }
    }

    /** What a connector is made of. Not thread-safe. */
    public static final class Builder {

        private final Path root;

        private String name = "filesystem";

        private FilesystemLimits limits = FilesystemLimits.defaults();

        private final Set<String> operations = new TreeSet<>();

        private final List<Path> outOfReach = new ArrayList<>();

        private final List<Path> sideFilesOf = new ArrayList<>();

        private Clock clock = Clock.systemUTC();

        private Failpoints failpoints = Failpoints.NONE;

        private Builder(Path root) {
            this.root = root;
        }

        /** Names the instance; {@code filesystem} if nothing else is said. */
        public Builder name(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "A connector's name is made of lower-case letters, digits, underscores and dots");
            }
            this.name = name;
            return this;
        }

        /** Allows operations, by name; without this nothing is allowed. */
        public Builder operations(Collection<String> operations) {
            this.operations.addAll(operations);
            return this;
        }

        /** Sets how much one operation may take. */
        public Builder limits(FilesystemLimits limits) {
            this.limits = limits;
            return this;
        }

        /** Keeps every operation out of further files and directories, such as Enact's data under another name. */
        public Builder outOfReach(Path path) {
            this.outOfReach.add(path);
            return this;
        }

        /** Keeps every operation out of a file and of those that are named after it, such as its write-ahead log. */
        public Builder outOfReachWithSideFiles(Path file) {
            this.outOfReach.add(file);
            this.sideFilesOf.add(file);
            return this;
        }

        /** Sets the clock that says how long ago a file was changed. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        Builder failpoints(Failpoints failpoints) {
            this.failpoints = failpoints;
            return this;
        }

        /**
         * Makes the connector.
         *
         * @param steps performs its steps inside governed actions
         * @param blobs keeps what was there before; the store in which undo finds it again
         * @throws IllegalArgumentException when an operation doesn't exist, or the root can't be one
         * @throws IOException when the root or its staging directory can't be opened
         */
        public FilesystemConnector build(StepExecutor steps, BlobStore blobs) throws IOException {
            Set<FileOperation> allowed = new TreeSet<>();
            for (String operation : this.operations) {
                allowed.add(known(operation));
            }
            return new FilesystemConnector(this, steps, blobs, allowed);
        }
    }

    /** Counts what is read. */
    private static final class Counting extends FilterInputStream {

        private long count;

        private Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                this.count++;
            }
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                this.count += n;
            }
            return n;
        }
    }
}
