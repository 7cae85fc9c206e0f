package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BeyondLimitsException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that somebody else makes. What they leave is not known before; until it was looked at nothing matches it,
 * so that what they did can't be told from somebody's later work.
 */
final class OutsideChange implements StepOperation {

    static final String OPERATION = "change";

    private final String connector;

    private final Site site;

    private final JailPath path;

    private final Manifest.Lines lines;

    private final CaptureLimits limits;

    private KeptFiles kept;

    private final OutsideWork work;

    private StepMemo.@Nullable Change planned;

    OutsideChange(
            String connector,
            Site site,
            JailPath path,
            Manifest.Lines lines,
            CaptureLimits limits,
            KeptFiles kept,
            OutsideWork work) {
        this.connector = connector;
        this.site = site;
        this.path = path;
        this.lines = lines;
        this.limits = limits;
        this.kept = kept;
        this.work = work;
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public Map<String, @Nullable Object> args() {
        return Map.of("path", this.path.absolute(this.site.root()));
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return args();
    }

    @Override
    public Reversibility reversibility() {
        return Reversibility.REVERSIBLE;
    }

    @Override
    public Capture capture(BlobStore blobs) throws IOException {
        try (Approach approach = this.site.jail().approach(this.path.parent())) {
            Stat stat = approach.missing().isEmpty() ? approach.dir().look(this.path.name()) : null;
            Node before = (stat != null) ? before(approach.dir(), stat, blobs) : new Node.Absent();
            StepMemo.Change change =
                    new StepMemo.Change(this.path, before, new Node.Unknown(), FileStep.surroundings(approach));
            this.planned = change;
            StepMemo memo = memo(change);
            return new Capture(memo.before(), memo.after());
        }
    }

    private Node before(Dir dir, Stat stat, BlobStore blobs) throws IOException {
        if (stat.is(Stat.Kind.OTHER)) {
            throw new IOException("there is " + stat.kind().words() + " at this path, which can't be brought back");
        }
        Keeping contents = Keeping.within(this.limits, blobs, this.kept);
        return stat.is(Stat.Kind.DIRECTORY)
                ? tree(dir, stat, contents, this.limits.boundingManifests(blobs))
                : contents.of(dir, this.path.name(), this.site.root().resolve(this.path.text()), stat);
    }

    private Node tree(Dir dir, Stat stat, Keeping contents, BlobStore manifests) throws IOException {
        if (Mounts.anyBelow(this.path.absolute(this.site.root()))) {
            throw new IOException("something is mounted in it");
        }
        try (TreeCapture capture = new TreeCapture(this.site, contents, this.lines, dir, this.path, stat)) {
            String manifest = manifests.put(capture);
            return new Node.Tree(manifest, capture.entries());
        }
    }

    /** Looks at what was left; the change itself is somebody else's. */
    @Override
    public StepResult apply(@Nullable Capture capture) throws IOException {
        StepMemo.Change plan = planned();
        Node found;
        LeftNode.Result left;
        Map<String, String> made = new LinkedHashMap<>();
        String modified = plan.around().modified();
        try (Approach approach = this.site.jail().approach(this.path.parent())) {
            Stat stat = approach.missing().isEmpty() ? approach.dir().look(this.path.name()) : null;
            found = (stat != null) ? found(plan.before(), approach.dir(), stat) : new Node.Absent();
            left = new LeftNode(this.site, this.work).of(plan.before(), found, approach.dir(), this.path.name());
            made(approach, plan.around().depth(), made);
            if (approach.modes().size() == plan.around().depth()) {
                modified = FileTimes.text(approach.dir().self().modified());
            }
        }
        StepMemo.Surroundings around = plan.around();
        StepMemo.Change really = new StepMemo.Change(
                this.path,
                plan.before(),
                left.node(),
                new StepMemo.Surroundings(around.modes(), around.modified(), modified, around.mark(), made),
                left.on());
        boolean nothing = left.node() == plan.before();
        Map<String, @Nullable Object> output = new LinkedHashMap<>(args());
        if (!nothing && !left.node().matches(found)) {
            output.put("note", "what is there can't be told from somebody else's work, so it is left to a person");
        }
        return new StepResult(output, nothing ? "unchanged" : null, memo(really).after());
    }

    private Node found(Node before, Dir dir, Stat stat) throws IOException {
        try {
            if (stat.is(Stat.Kind.DIRECTORY)) {
                if (before instanceof Node.Tree tree && isSame(tree, dir)) {
                    return tree;
                }
                BlobStore digesting = this.limits.anew().bounding(new FileStep.Digesting());
                return tree(dir, stat, Keeping.copying(digesting), this.site.blobs());
            }
            if (stat.is(Stat.Kind.OTHER)) {
                return new Node.Unknown();
            }
            BlobStore digesting = this.limits.anew().bounding(new FileStep.Digesting());
            return Snapshots.of(dir, this.path.name(), stat, digesting::put);
        } catch (BeyondLimitsException | ChangedMeanwhileException ex) {
            // nobody can tell it from somebody's later work then, so it is a conflict
            return new Node.Unknown();
        }
    }

    private boolean isSame(Node.Tree tree, Dir dir) throws IOException {
        try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
            return TreeComparison.compare(dir, this.path.name(), manifest, this.lines, TreeComparison.CONTENT)
                            .answer()
                    == TreeComparison.Answer.SAME;
        }
    }

    /** The directories that were not there before and are now, by their identity. */
    private void made(Approach now, int depth, Map<String, String> made) throws IOException {
        for (int i = depth; i < now.modes().size(); i++) {
            JailPath directory = new JailPath(this.path.names().subList(0, i + 1));
            try (Dir in = this.site.jail().open(directory.parent())) {
                Stat stat = (in != null) ? in.look(directory.name()) : null;
                if (stat != null) {
                    made.put(directory.text(), stat.id());
                }
            }
        }
    }

    /** What is there when nobody changed anything. */
    @Override
    public @Nullable Fingerprint left() {
        return (this.planned != null) ? memo(this.planned).nothingDone() : null;
    }

    @Override
    public void release() {
        // a call may last, and what it was looked up in be large
        this.kept.release();
        this.kept = KeptFiles.NONE;
    }

    private StepMemo.Change planned() {
        if (this.planned == null) {
            throw new IllegalStateException("A change is captured before it is looked at");
        }
        return this.planned;
    }

    private StepMemo memo(StepMemo.Change change) {
        return new StepMemo(this.site.root().toString(), List.of(change));
    }
}
