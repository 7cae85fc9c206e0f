package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a file, a link, or a directory with all that is in it.
 *
 * <p>Why everything is captured first and only then renamed away: the record of the step must be durable before
 * anything changes, and the record names the content by digest, so the content has to be read while it is still in
 * its place. Renaming first would be atomic too, but a crash between the rename and the record would leave a hole in
 * the tree that nobody could explain. The rename then takes the whole tree out at once, so no crash leaves it half
 * deleted; out of everybody's reach it is compared with what was captured, and only what was captured is deleted.
 * What changed in between goes back to its place.
 */
final class Delete extends FileStep {

    private final JailPath path;

    private final boolean directory;

    private final Manifest.Lines lines;

    private @Nullable Stat seen;

    private StepMemo.@Nullable Change planned;

    /** How many files that are deleted have further names. */
    private long shared;

    private @Nullable BlobStore blobs;

    Delete(
            String connector,
            FileOperation operation,
            Map<String, @Nullable Object> args,
            Site site,
            JailPath path,
            Manifest.Lines lines) {
        super(connector, operation, args, site);
        this.path = path;
        this.directory = (operation == FileOperation.DELETE_DIR);
        this.lines = lines;
    }

    @Override
    @Nullable
    StepMemo look(BlobStore blobs) throws IOException {
        this.blobs = blobs;
        try (Approach approach = this.site.jail().approach(this.path.parent())) {
            this.seen = approach.missing().isEmpty() ? approach.dir().look(this.path.name()) : null;
            if (this.seen == null) {
                return null;
            }
            require(this.seen);
            Node before = this.directory
                    ? tree(approach.dir(), this.seen, blobs)
                    : Snapshots.of(approach.dir(), this.path.name(), this.seen, blobs::put);
            if (before instanceof Node.File file && file.meta().links() > 1) {
                this.shared = 1;
            }
            this.planned = new StepMemo.Change(this.path, before, new Node.Absent(), surroundings(approach));
            return memo(this.planned);
        }
    }

    @Override
    StepResult change() throws IOException {
        Map<String, @Nullable Object> output = output(this.path);
        if (this.planned == null || this.seen == null) {
            return new StepResult(output, "deleted", null);
        }
        if (this.planned.before() instanceof Node.Tree tree) {
            output.put("entries", tree.entries());
        } else if (this.planned.before() instanceof Node.File file) {
            output.put("bytes", file.size());
        }
        if (this.shared > 0) {
            output.put(
                    "note",
                    "files with further names (hard links): " + this.shared
                            + "; undo brings each name back as a file of its own");
        }
        Stage stage = this.site.stage();
        try (Dir parent = this.site.jail().open(this.path.parent())) {
            if (parent == null) {
                throw new ChangedMeanwhileException();
            }
            String taken = stage.take(parent, this.path.name(), this.seen);
            changed();
            try {
                this.site.reached("delete:taken");
                requireUnchanged(stage, taken, this.planned.before(), this.seen);
                parent.force();
            } catch (IOException | RuntimeException ex) {
                stage.putBack(taken, parent, this.path.name(), ex);
                throw ex;
            }
            this.site.reached("delete:forced");
            StepMemo.Change really = after(this.planned, this.planned.after(), Map.of());
            stage.delete(taken);
            this.site.reached("delete:deleted");
            return new StepResult(output, null, memo(really).after());
        }
    }

    private void require(Stat stat) throws IOException {
        if (this.directory && !stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("there is " + stat.kind().words() + " at this path; use delete_file for files");
        }
        if (!this.directory && stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("there is a directory at this path; use delete_dir for directories");
        }
        if (stat.is(Stat.Kind.OTHER)) {
            throw new IOException("there is " + stat.kind().words()
                    + " at this path, which can't be brought back; delete it by hand");
        }
    }

    private Node tree(Dir parent, Stat stat, BlobStore blobs) throws IOException {
        if (Mounts.anyBelow(this.path.absolute(this.site.root()))) {
            throw new IOException("something is mounted in it; nothing was deleted");
        }
        try (TreeCapture capture =
                new TreeCapture(this.site, Keeping.copying(blobs), this.lines, parent, this.path, stat)) {
            String manifest = blobs.put(capture);
            this.shared = capture.shared();
            return new Node.Tree(manifest, capture.entries());
        }
    }

    private void requireUnchanged(Stage stage, String taken, Node before, Stat expected) throws IOException {
        Stat.requireSame(expected, stage.dir().peek(taken));
        if (before instanceof Node.Tree tree && this.blobs != null) {
            try (Manifest manifest = Manifest.open(this.blobs, tree.manifest())) {
                var result = TreeComparison.compare(stage.dir(), taken, manifest, this.lines, TreeComparison.IDENTITY);
                if (result.answer() != TreeComparison.Answer.SAME) {
                    throw new ChangedMeanwhileException();
                }
            }
        } else {
            requireCaptured(stage.dir(), taken, before);
        }
    }
}
