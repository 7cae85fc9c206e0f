package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes or extends a file: the new content is made ready whole and renamed over the old. */
final class WriteFile extends FileStep {

    private final JailPath path;

    private final Content content;

    private final boolean append;

    /** What was seen; {@code null} for nothing. */
    private @Nullable Stat seen;

    private StepMemo.@Nullable Change planned;

    private @Nullable BlobStore blobs;

    WriteFile(
            String connector,
            FileOperation operation,
            Map<String, @Nullable Object> args,
            Site site,
            JailPath path,
            Content content) {
        super(connector, operation, args, site);
        this.path = path;
        this.content = content;
        this.append = (operation == FileOperation.APPEND_FILE);
    }

    @Override
    @Nullable
    StepMemo look(BlobStore blobs) throws IOException {
        this.blobs = blobs;
        try (Approach approach = this.site.jail().approach(this.path.parent())) {
            Node before = new Node.Absent();
            if (approach.missing().isEmpty()) {
                this.seen = approach.dir().look(this.path.name());
                if (this.seen != null) {
                    if (!this.seen.is(Stat.Kind.FILE)) {
                        throw new IOException("there is " + this.seen.kind().words()
                                + " at this path, and only files are written; use another path");
                    }
                    // a file that may not be written must not be replaced either
                    approach.dir().write(this.path.name()).close();
                    before = Snapshots.of(approach.dir(), this.path.name(), this.seen, blobs::put);
                }
            }
            this.planned = new StepMemo.Change(this.path, before, plan(before), surroundings(approach));
        }
        return isThere(this.planned) ? null : memo(this.planned);
    }

    @Override
    StepResult change() throws IOException {
        StepMemo.Change plan = this.planned;
        if (plan == null) {
            throw new IllegalStateException("A step is captured before it is applied");
        }
        Node.File file = (Node.File) plan.after();
        Map<String, @Nullable Object> output = output(this.path);
        output.put("bytes", file.size());
        output.put("sha256", file.sha256());
        if (isThere(plan)) {
            return new StepResult(output, "unchanged", null);
        }
        note(plan.before(), output);
        Stage stage = this.site.stage();
        Map<String, String> made = Parents.none();
        Parents parents = new Parents(this.site);
        Staging.Staged staged;
        try (InputStream in = wanted(plan.before())) {
            staged = Staging.file(stage, in, file);
        }
        try {
            this.site.reached("write:staged");
            if (staged.losses().contains(Loss.OWNER)) {
                throw new IOException("the file belongs to somebody else, and would not after it is written;"
                        + " run the application as its owner, or write another file");
            }
            if (staged.losses().contains(Loss.ATTRIBUTES)) {
                throw new IOException("the file has extended attributes that it would lose; write another file");
            }
            try (Dir parent =
                    parents.open(this.path.parent(), List.of(), plan.around().mark(), made)) {
                this.site.reached("write:parents");
                place(stage, staged.name(), parent, plan.before());
                this.site.reached("write:moved");
                parent.force();
                return new StepResult(
                        output, null, memo(really(parent, plan, file, made)).after());
            }
        } catch (IOException | RuntimeException ex) {
            stage.discard(staged.name(), ex);
            takeBack(parents, made, ex);
            throw ex;
        }
    }

    private void place(Stage stage, String staged, Dir parent, Node before) throws IOException {
        requireCaptured(parent, this.path.name(), before);
        stage.place(staged, parent, this.path.name(), this.seen);
        changed();
    }

    private StepMemo.Change really(Dir parent, StepMemo.Change plan, Node.File file, Map<String, String> made)
            throws IOException {
        Stat now = parent.look(this.path.name());
        Node.Meta meta = (now != null && now.is(Stat.Kind.FILE))
                ? new Node.Meta(
                        file.meta().mode(),
                        FileTimes.text(now.modified()),
                        now.owner(),
                        now.group(),
                        1,
                        file.meta().attributes())
                : file.meta();
        return after(plan, new Node.File(file.sha256(), file.size(), meta), made);
    }

    /** Whether the content is there already; its mode and owner would stay as they are. */
    private static boolean isThere(StepMemo.Change plan) {
        return plan.before() instanceof Node.File before
                && plan.after() instanceof Node.File after
                && before.sha256().equals(after.sha256());
    }

    /** Says what replacing a file does to it besides its content. */
    private static void note(Node before, Map<String, @Nullable Object> output) {
        List<String> notes = new ArrayList<>();
        if (before instanceof Node.File file && file.meta().links() > 1) {
            notes.add("the file had " + file.meta().links() + " names (hard links); the others keep the old content");
        }
        if (before instanceof Node.File file && Modes.isSpecial(file.meta().mode())) {
            notes.add("its set-user, set-group or sticky bit was taken away, because it was given to the old content");
        }
        if (!notes.isEmpty()) {
            output.put("note", String.join("; ", notes));
        }
    }

    /** What the file will be: its digest is known before anything changes. */
    private Node plan(Node before) throws IOException {
        Node.Meta meta = new Node.Meta(this.site.stage().fileMode(), "", "", "");
        if (before instanceof Node.File file) {
            Node.Meta old = file.meta();
            meta = new Node.Meta(Modes.plain(old.mode()), "", old.owner(), old.group(), 1, old.attributes());
        }
        try (CountingInputStream in = new CountingInputStream(wanted(before))) {
            String sha256 = Sha256.hex(in);
            return new Node.File(sha256, in.count(), meta);
        }
    }

    private InputStream wanted(Node before) throws IOException {
        if (this.append && before instanceof Node.File file && this.blobs != null) {
            // the captured content, not the file: what is there now is looked at just before the rename
            return new SequenceInputStream(this.blobs.open(file.sha256()), this.content.open());
        }
        return this.content.open();
    }

    static void takeBack(Parents parents, Map<String, String> made, Exception why) {
        try {
            parents.remove(made);
        } catch (IOException ex) {
            why.addSuppressed(ex);
        }
    }
}
