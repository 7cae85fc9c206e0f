package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
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
 * type, content, permission bits, modification time and link target; owner and group, set-user and set-group bits
 * where the process may give files away; extended attributes of users where the platform shows them. What of these
 * could not be restored is in the report. It does not restore that several names were one file (hard links), and says
 * so; nor what Java does not see: access control lists, capabilities, security labels, access times. Times of
 * directories around a change come back to the microsecond. New files belong to the user and group of the process.
 *
 * <p>Nothing is done any more once the root was moved or replaced.
 *
 * <p>Needs a platform on which Java can hold directories open: Linux, or macOS, where symbolic links are not moved or
 * deleted because nothing there reads their target safely.
 *
 * <p>An attempt to change what somebody else is changing fails. In the instant between the last look at a path and its
 * renaming, somebody else's write to that very file can still be lost; no file system call prevents that.
 */
public final class FilesystemConnector implements Connector, AutoCloseable {

    private final String name;

    private final AllowedOperations<FileOperation> allowed;

    private final StepExecutor steps;

    private final Site site;

    private final FileSteps prepared;

    private final StepUndo undo;

    private final Manifest.Lines lines;

    /**
     * Makes one.
     *
     * @param site where it works; closed with it, and when it can't be made
     */
    FilesystemConnector(String name, AllowedOperations<FileOperation> allowed, Site site, StepExecutor steps)
            throws IOException {
        this.name = name;
        this.allowed = allowed;
        this.steps = steps;
        this.site = site;
        this.lines = new Manifest.Lines();
        this.prepared = new FileSteps(name, this.allowed, site, this.lines);
        this.undo = new FilesystemUndo(name, site, this.lines);
        if (operations().stream().anyMatch(operation -> reversibility(operation) != Reversibility.READ_ONLY)) {
            prepareStage();
        }
    }

    /**
     * Starts a connector for the files under a directory.
     *
     * @param root an existing directory
     */
    public static FilesystemConnectorBuilder root(Path root) {
        return new FilesystemConnectorBuilder(root);
    }

    /**
     * Makes a connector that only undoes, for records whose connector is configured differently by now or not at all.
     *
     * @param name name of the connector that made the records
     * @param root the root they were made under, see {@link #recordedRoot}
     * @param blobs where their content is
     * @param keeper who has what was not copied
     * @throws IOException when the root can't be opened
     */
    public static FilesystemConnector undoOnly(String name, Path root, BlobStore blobs, ContentKeeper keeper)
            throws IOException {
        StepExecutor none = step -> {
            throw new IllegalStateException("This connector only undoes");
        };
        return root(root).name(name).keeper(keeper).build(none, blobs);
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
        return this.allowed.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.allowed.known(operation).reversibility();
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        return this.prepared.prepare(operation, args);
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
        return write(FileOperation.WRITE_FILE, path, this.prepared.store(FileOperation.WRITE_FILE, path, content));
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

    /** The directory it works in, with links resolved. */
    public Path root() {
        return this.site.root();
    }

    /**
     * What is kept elsewhere of the files that somebody else is going to change.
     *
     * @param changed all that they change together, absolute and with links resolved
     */
    public KeptFiles kept(Collection<Path> changed) {
        return this.site.keeper().during(this.site.root(), changed);
    }

    /**
     * A change of a file, link or directory that somebody else is going to make: what is there is captured before, and
     * {@link StepOperation#apply} looks at what they left. It is undone as what this connector does itself.
     *
     * @param path relative to the root, or absolute and below it; need not be there
     * @param limits how much may be captured for it, and for whatever else is given the same
     * @param kept what need not be copied, see {@link #kept}
     * @param work what is known of the change once its outcome was told
     * @throws IllegalArgumentException when the path leads out of the root, or is the root
     */
    public StepOperation outsideChange(String path, CaptureLimits limits, KeptFiles kept, OutsideWork work) {
        JailPath parsed = this.site.jail().parse(path);
        if (parsed.isRoot()) {
            throw new IllegalArgumentException("The root itself is not captured");
        }
        return new OutsideChange(this.name, this.site, parsed, this.lines, limits, kept, work);
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
        return this.steps.perform(this.prepared.write(operation, path, content));
    }

    private void prepareStage() throws IOException {
        try {
            this.site.stage();
        } catch (IOException | RuntimeException ex) {
            this.site.close();
            throw ex;
        }
    }
}
