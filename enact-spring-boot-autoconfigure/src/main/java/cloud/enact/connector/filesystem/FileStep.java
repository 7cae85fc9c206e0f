package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import cloud.enact.connector.ConnectorStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** One prepared operation. */
abstract class FileStep extends ConnectorStep {

    private static final Log logger = LogFactory.getLog(FileStep.class);

    protected final Site site;

    private @Nullable StepMemo planned;

    private boolean changed;

    FileStep(String connector, FileOperation operation, Map<String, @Nullable Object> args, Site site) {
        super(connector, operation, args);
        this.site = site;
    }

    @Override
    public final Map<String, @Nullable Object> undoArgs() {
        Map<String, @Nullable Object> needed = new LinkedHashMap<>(args());
        needed.keySet().removeAll(Content.ARGUMENTS);
        return needed;
    }

    @Override
    public final Map<String, @Nullable Object> recorded(StepResult result) {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>(result.output());
        recorded.keySet().removeAll(Content.ARGUMENTS);
        return recorded;
    }

    @Override
    public final @Nullable Object found() {
        return Trouble.<@Nullable Object>told(operation(), () -> {
            StepMemo memo = look(new Digesting());
            return (memo != null) ? memo.found() : null;
        });
    }

    @Override
    public final @Nullable Capture capture(BlobStore blobs) {
        return Trouble.<@Nullable Capture>told(operation(), () -> {
            StepMemo memo = look(blobs);
            this.planned = memo;
            return (memo != null) ? new Capture(memo.before(), memo.after()) : null;
        });
    }

    @Override
    public final StepResult apply(@Nullable Capture capture) {
        return Trouble.told(operation(), this::change);
    }

    @Override
    public final @Nullable Fingerprint left() {
        return (this.planned != null && !this.changed) ? this.planned.nothingDone() : null;
    }

    /** Notes that something was renamed; what goes wrong from now on leaves that to be looked at. */
    final void changed() {
        this.changed = true;
    }

    /**
     * Looks at what is there and keeps it.
     *
     * @return what will change, or {@code null} when nothing will
     */
    abstract @Nullable StepMemo look(BlobStore blobs) throws IOException;

    /** Does what was looked at, or fails without having done anything. */
    abstract StepResult change() throws IOException;

    /** Writes down the directories a path is in. */
    static StepMemo.Surroundings surroundings(Approach approach) throws IOException {
        String mark = approach.missing().isEmpty() ? "" : UUID.randomUUID().toString();
        return new StepMemo.Surroundings(
                approach.modes(), FileTimes.text(approach.dir().self().modified()), null, mark, Map.of());
    }

    /** The change as it really came out. It has happened, so nothing that is found now makes the step fail. */
    StepMemo.Change after(StepMemo.Change planned, Node really, Map<String, String> made) {
        StepMemo.Surroundings around = planned.around();
        return new StepMemo.Change(
                planned.path(),
                planned.before(),
                really,
                new StepMemo.Surroundings(around.modes(), around.modified(), modified(planned), around.mark(), made));
    }

    /** The time of the directory around a change; the old one when somebody took the directory away meanwhile. */
    private String modified(StepMemo.Change planned) {
        JailPath around =
                new JailPath(planned.path().names().subList(0, planned.around().depth()));
        try (Dir dir = this.site.jail().open(around)) {
            if (dir != null) {
                return FileTimes.text(dir.self().modified());
            }
        } catch (IOException ex) {
            logger.debug("The directory around a change can't be looked at any more", ex);
        }
        return planned.around().modified();
    }

    StepMemo memo(StepMemo.Change... changes) {
        return new StepMemo(this.site.root().toString(), new ArrayList<>(List.of(changes)));
    }

    Map<String, @Nullable Object> output(JailPath path) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("path", path.absolute(this.site.root()));
        return output;
    }

    /** Fails unless a file still is what was captured, as far as anything shows. */
    static void requireCaptured(Dir dir, String name, Node node) throws IOException {
        if (node instanceof Node.File file
                && !(requireContent(dir, name, file) instanceof Node.File now
                        && now.meta().attributes().equals(file.meta().attributes()))) {
            throw new ChangedMeanwhileException();
        }
    }

    /** Fails unless a file has a content and mode; many tools put its time back. */
    static Node requireContent(Dir dir, String name, Node node) throws IOException {
        if (!(node instanceof Node.File)) {
            return node;
        }
        Stat stat = dir.look(name);
        Node now = (stat != null) ? Snapshots.of(dir, name, stat, Sha256::hex) : new Node.Absent();
        if (!now.matches(node)) {
            throw new ChangedMeanwhileException();
        }
        return now;
    }

    /** Knows what content is called, and keeps none. */
    static final class Digesting implements BlobStore {

        @Override
        public String put(InputStream content) throws IOException {
            return Sha256.hex(content);
        }

        @Override
        public InputStream open(String sha256) throws IOException {
            throw new IOException("Nothing is kept here");
        }
    }
}
