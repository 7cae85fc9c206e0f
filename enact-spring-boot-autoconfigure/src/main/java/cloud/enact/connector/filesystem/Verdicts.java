package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says how far a path is between what it was before a step and what the step left. */
final class Verdicts {

    private final Site site;

    private final Manifest.Lines lines;

    private final @Nullable Outlook outlook;

    /**
     * Makes one.
     *
     * @param outlook what newer steps will have put back, or {@code null} to look at what is there
     */
    Verdicts(Site site, Manifest.Lines lines, @Nullable Outlook outlook) {
        this.site = site;
        this.lines = lines;
        this.outlook = outlook;
    }

    /** What a path is like. */
    enum State {
        /** As the step left it. */
        AFTER,
        /** As it was before the step. */
        BEFORE,
        /** A directory of which a part is back, and nothing else in it. */
        PARTLY,
        /** Neither: somebody changed it. */
        OTHER
    }

    /**
     * What was found.
     *
     * @param there what is there, in words
     * @param stat what the system said of it, or {@code null} when it is not there or not looked at
     */
    record Verdict(State state, String there, @Nullable Stat stat) {}

    Verdict of(StepMemo.Change change) throws IOException {
        if (change.isNothing()) {
            return new Verdict(State.BEFORE, "what the step left alone", null);
        }
        Node foreseen = (this.outlook != null) ? this.outlook.foreseen(change.path()) : null;
        if (foreseen != null) {
            boolean directory = foreseen instanceof Node.Tree || foreseen instanceof Node.Directory;
            // what is in it is looked at when it is taken away
            return directory && change.after() instanceof Node.Tree
                    ? new Verdict(State.AFTER, foreseen.words(), null)
                    : judge(change, foreseen, null);
        }
        Dir parent;
        try {
            parent = this.site.jail().open(change.path().parent());
        } catch (OutOfReachException | RootMovedException ex) {
            throw ex;
        } catch (IOException ex) {
            // a link or a file where a directory was: something is there, but nothing of ours
            return new Verdict(State.OTHER, "a path that no longer leads through directories", null);
        }
        if (parent == null) {
            return judge(change, new Node.Absent(), null);
        }
        try (parent) {
            Stat stat = parent.look(change.path().name());
            if (stat == null) {
                return judge(change, new Node.Absent(), null);
            }
            if (change.before() instanceof Node.Tree tree && stat.is(Stat.Kind.DIRECTORY)) {
                return judgeTree(change, tree, parent, stat);
            }
            if (change.after() instanceof Node.Tree tree && stat.is(Stat.Kind.DIRECTORY)) {
                return judgeLeft(change, tree, parent, stat);
            }
            return judge(change, node(change, parent, stat), stat);
        } catch (ChangedMeanwhileException ex) {
            return new Verdict(State.OTHER, "something that is being changed right now", null);
        }
    }

    /** What is at a path, or will be; {@code null} when it can't be told or is no file. */
    @Nullable
    Node file(StepMemo.Change change) throws IOException {
        Node foreseen = (this.outlook != null) ? this.outlook.foreseen(change.path()) : null;
        if (foreseen != null) {
            return foreseen;
        }
        try (Dir parent = this.site.jail().open(change.path().parent())) {
            Stat stat = (parent != null) ? parent.look(change.path().name()) : null;
            return (parent != null && stat != null && stat.is(Stat.Kind.FILE))
                    ? Snapshots.of(parent, change.path().name(), stat, Sha256::hex)
                    : null;
        } catch (ChangedMeanwhileException ex) {
            return null;
        }
    }

    private static Verdict judge(StepMemo.Change change, Node there, @Nullable Stat stat) {
        State state = State.OTHER;
        if (there instanceof Node.Absent
                && !(change.before() instanceof Node.Absent)
                && change.after() instanceof Node.Tree) {
            // taken away to be put back, or by somebody: nothing is in the way
            state = State.PARTLY;
        } else if (there.matches(change.before())) {
            state = State.BEFORE;
        } else if (there.matches(change.after())) {
            state = State.AFTER;
        }
        return new Verdict(state, there.words(), stat);
    }

    private Verdict judgeTree(StepMemo.Change change, Node.Tree tree, Dir parent, Stat stat) throws IOException {
        if (this.outlook != null && this.outlook.touches(change.path())) {
            // what newer steps will leave in it is looked at when it is taken away
            return (change.after() instanceof Node.Tree left)
                    ? new Verdict(State.AFTER, left.words(), stat)
                    : new Verdict(State.OTHER, "a directory with things in it that were not in the old one", stat);
        }
        try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
            var result =
                    TreeComparison.compare(parent, change.path().name(), manifest, this.lines, TreeComparison.CONTENT);
            return switch (result.answer()) {
                case SAME -> new Verdict(State.BEFORE, tree.words(), stat);
                case PARTLY -> new Verdict(State.PARTLY, "a part of the directory", stat);
                case DIFFERENT ->
                    (change.after() instanceof Node.Tree left)
                            ? judgeLeft(change, left, parent, stat)
                            : new Verdict(
                                    State.OTHER,
                                    result.where().isEmpty()
                                            ? "a directory that differs from the old one"
                                            : "a directory in which '" + result.where() + "' differs from the old one",
                                    stat);
            };
        }
    }

    /** Judges a directory that undoing would take away. */
    private Verdict judgeLeft(StepMemo.Change change, Node.Tree tree, Dir parent, Stat stat) throws IOException {
        if (this.outlook != null && this.outlook.touches(change.path())) {
            // what newer steps will leave in it is looked at when it is taken away
            return new Verdict(State.AFTER, tree.words(), stat);
        }
        try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
            var result =
                    TreeComparison.compare(parent, change.path().name(), manifest, this.lines, TreeComparison.CONTENT);
            return (result.answer() == TreeComparison.Answer.SAME)
                    ? new Verdict(State.AFTER, tree.words(), stat)
                    : new Verdict(State.OTHER, "a directory that was changed since", stat);
        }
    }

    /** Reads content only when its length leaves a question. */
    private static Node node(StepMemo.Change change, Dir parent, Stat stat) throws IOException {
        if (stat.is(Stat.Kind.FILE) && !hasSize(change.before(), stat) && !hasSize(change.after(), stat)) {
            return new Node.Other("a file of " + stat.size() + " bytes, mode " + stat.mode());
        }
        return Snapshots.of(parent, change.path().name(), stat, Sha256::hex);
    }

    private static boolean hasSize(Node node, Stat stat) {
        return node instanceof Node.File file && file.size() == stat.size();
    }
}
