package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a file or link another name. What is at the new name already is not replaced. */
final class MoveFile extends FileStep {

    private final JailPath from;

    private final JailPath to;

    private @Nullable Stat seen;

    private StepMemo.@Nullable Change leaving;

    private StepMemo.@Nullable Change arriving;

    MoveFile(
            String connector,
            FileOperation operation,
            Map<String, @Nullable Object> args,
            Site site,
            JailPath from,
            JailPath to) {
        super(connector, operation, args, site);
        this.from = from;
        this.to = to;
    }

    @Override
    @Nullable
    StepMemo look(BlobStore blobs) throws IOException {
        try (Approach source = this.site.jail().approach(this.from.parent());
                Approach target = this.site.jail().approach(this.to.parent())) {
            this.seen = source.missing().isEmpty() ? source.dir().look(this.from.name()) : null;
            Stat there = target.missing().isEmpty() ? target.dir().look(this.to.name()) : null;
            if (this.seen == null) {
                if (there == null) {
                    throw new IOException("there is no such file");
                }
                return null;
            }
            if (there != null) {
                throw new IOException("there is " + there.kind().words()
                        + " at the new path already; delete it first, or choose another");
            }
            if (!this.seen.is(Stat.Kind.FILE) && !this.seen.is(Stat.Kind.LINK)) {
                throw new IOException(
                        "there is " + this.seen.kind().words() + " at this path, and only files are moved");
            }
            Node node = Snapshots.of(source.dir(), this.from.name(), this.seen, blobs::put);
            Node nothing = new Node.Absent();
            this.leaving = new StepMemo.Change(this.from, node, nothing, surroundings(source));
            this.arriving = new StepMemo.Change(this.to, nothing, node, surroundings(target));
        }
        return memo(this.leaving, this.arriving);
    }

    @Override
    StepResult change() throws IOException {
        Map<String, @Nullable Object> output = output(this.from);
        output.put("to", this.to.absolute(this.site.root()));
        if (this.leaving == null || this.arriving == null || this.seen == null) {
            return new StepResult(output, "moved", null);
        }
        Map<String, String> made = Parents.none();
        Parents parents = new Parents(this.site);
        try (Dir source = this.site.jail().open(this.from.parent())) {
            if (source == null) {
                throw new ChangedMeanwhileException();
            }
            requireCaptured(source, this.from.name(), this.leaving.before());
            try (Dir target = parents.open(
                    this.to.parent(), List.of(), this.arriving.around().mark(), made)) {
                this.site.reached("move:parents");
                this.site.stage().move(source, this.from.name(), this.seen, target, this.to.name());
                changed();
                this.site.reached("move:moved");
                // the new name first: a file with two names is better than one with none
                target.force();
                source.force();
            }
            return new StepResult(
                    output,
                    null,
                    memo(
                                    after(this.leaving, this.leaving.after(), Map.of()),
                                    after(this.arriving, this.arriving.after(), made))
                            .after());
        } catch (IOException | RuntimeException ex) {
            WriteFile.takeBack(parents, made, ex);
            throw ex;
        }
    }
}
