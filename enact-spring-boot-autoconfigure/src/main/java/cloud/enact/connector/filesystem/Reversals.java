package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Captures what undoing a step is going to change, in the form in which a step remembers itself. */
final class Reversals {

    private final Site site;

    private final Manifest.Lines lines;

    Reversals(Site site, Manifest.Lines lines) {
        this.site = site;
        this.lines = lines;
    }

    /** What is there now, and what undoing will leave. Of a move the path it arrives at comes last, as ever. */
    StepMemo of(StepMemo memo, BlobStore blobs) throws IOException {
        List<StepMemo.Change> changes = new ArrayList<>();
        for (StepMemo.Change change : memo.changes()) {
            changes.add(0, of(change, blobs));
        }
        return new StepMemo(memo.root(), changes);
    }

    private StepMemo.Change of(StepMemo.Change change, BlobStore blobs) throws IOException {
        if (change.isNothing()) {
            return change;
        }
        try (Approach approach = this.site.jail().approach(change.path().parent())) {
            boolean parent = approach.missing().isEmpty();
            Node now = parent ? node(change, approach.dir(), blobs) : new Node.Absent();
            StepMemo.Surroundings around = new StepMemo.Surroundings(
                    approach.modes(),
                    FileTimes.text(approach.dir().self().modified()),
                    // where undoing makes directories again, their times are new anyway
                    parent ? change.around().modified() : null,
                    change.around().mark(),
                    Map.of());
            return new StepMemo.Change(change.path(), now, change.before(), around);
        }
    }

    private Node node(StepMemo.Change change, Dir dir, BlobStore blobs) throws IOException {
        Stat stat = dir.look(change.path().name());
        if (stat == null) {
            return new Node.Absent();
        }
        if (!stat.is(Stat.Kind.DIRECTORY)) {
            Node node = Snapshots.of(dir, change.path().name(), stat, blobs::put);
            if (node instanceof Node.Other) {
                throw new IOException("there is " + stat.kind().words() + " at this path");
            }
            return node;
        }
        if (!(change.before() instanceof Node.Tree) && !(change.after() instanceof Node.Tree)) {
            throw new IOException("there is a directory at this path, which undoing leaves alone");
        }
        try (TreeCapture capture =
                new TreeCapture(this.site, Keeping.copying(blobs), this.lines, dir, change.path(), stat)) {
            String manifest = blobs.put(capture);
            return new Node.Tree(manifest, capture.entries());
        }
    }
}
