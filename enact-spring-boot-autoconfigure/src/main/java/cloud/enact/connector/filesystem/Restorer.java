package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings back what was there before one step. Each path is changed at once, after a last look. */
final class Restorer {

    private final Site site;

    private final Manifest.Lines lines;

    private final StepMemo memo;

    private final boolean force;

    private final Set<Loss> losses = EnumSet.noneOf(Loss.class);

    private boolean touched;

    Restorer(Site site, Manifest.Lines lines, StepMemo memo, boolean force) {
        this.site = site;
        this.lines = lines;
        this.memo = memo;
        this.force = force;
    }

    /**
     * Restores every path that is not as before, takes away directories the step had made, and reads everything back.
     *
     * @param verdicts what was found, one per path
     * @return what could not be restored, as the end of a sentence; usually empty
     * @throws ChangedMeanwhileException when somebody changed a path since it was looked at, see {@link #touched}
     */
    String restore(List<Verdicts.Verdict> verdicts) throws IOException {
        List<Around> around = new ArrayList<>();
        for (StepMemo.Change change : this.memo.changes()) {
            around.add(Around.look(this.site, change));
        }
        boolean moveBack =
                verdicts.size() == 2 && verdicts.stream().allMatch(verdict -> verdict.state() == Verdicts.State.AFTER);
        if (moveBack) {
            moveBack(this.memo.changes().get(1), this.memo.changes().get(0), verdicts.get(1));
        } else {
            for (int i = 0; i < verdicts.size(); i++) {
                if (verdicts.get(i).state() != Verdicts.State.BEFORE) {
                    put(this.memo.changes().get(i), verdicts.get(i));
                }
            }
        }
        this.site.reached("undo:placed");
        Parents parents = new Parents(this.site);
        StringBuilder note = new StringBuilder();
        for (StepMemo.Change change : this.memo.changes()) {
            if (change.before() instanceof Node.Absent) {
                String kept = parents.remove(change.around().created());
                if (kept != null) {
                    note.append(", but the empty directory '").append(kept);
                    note.append("' stays, because nobody can tell that the step made it; remove it by hand");
                }
            }
        }
        readBack(note);
        for (Around one : around) {
            one.restore(this.site);
        }
        return note.insert(0, Loss.words(this.losses)).toString();
    }

    /** Whether anything was changed so far. */
    boolean touched() {
        return this.touched;
    }

    private void put(StepMemo.Change change, Verdicts.Verdict verdict) throws IOException {
        if (change.before() instanceof Node.Tree tree) {
            putTree(change, tree, verdict);
        } else if (change.before() instanceof Node.Absent) {
            takeAway(change, verdict);
        } else {
            putNode(change, verdict);
        }
    }

    private void putNode(StepMemo.Change change, Verdicts.Verdict verdict) throws IOException {
        boolean tree = change.after() instanceof Node.Tree && verdict.state() == Verdicts.State.AFTER;
        if (!tree) {
            requireNoDirectory(verdict);
        }
        Stage stage = this.site.stage();
        String staged = staged(change.before());
        try {
            this.site.reached("undo:staged");
            if (tree) {
                takeAway(change, verdict);
            }
            try (Dir parent = openParent(change)) {
                if (!tree && !this.force && verdict.stat() != null) {
                    FileStep.requireContent(parent, change.path().name(), change.after());
                }
                stage.place(staged, parent, change.path().name(), tree ? null : verdict.stat());
                this.touched = true;
                parent.force();
            }
        } catch (IOException | RuntimeException ex) {
            stage.discard(staged, ex);
            throw ex;
        }
    }

    private String staged(Node node) throws IOException {
        Staging.Staged staged = Staging.captured(this.site, node);
        this.losses.addAll(staged.losses());
        return staged.name();
    }

    private void takeAway(StepMemo.Change change, Verdicts.Verdict verdict) throws IOException {
        boolean tree = change.after() instanceof Node.Tree && verdict.state() == Verdicts.State.AFTER;
        if (!tree) {
            requireNoDirectory(verdict);
        } else if (Mounts.anyBelow(change.path().absolute(this.site.root()))) {
            throw new IOException("something is mounted in it");
        }
        if (verdict.stat() == null) {
            throw new IOException("the path no longer leads through directories");
        }
        Stage stage = this.site.stage();
        try (Dir parent = this.site.jail().open(change.path().parent())) {
            if (parent == null) {
                throw new ChangedMeanwhileException();
            }
            String name = change.path().name();
            String taken = stage.take(parent, name, verdict.stat());
            try {
                this.site.reached("undo:taken");
                Stat.requireSame(verdict.stat(), stage.dir().peek(taken));
                if (tree) {
                    requireTree(stage, taken, change.after());
                } else if (!this.force) {
                    FileStep.requireContent(stage.dir(), taken, change.after());
                }
                parent.force();
            } catch (IOException | RuntimeException ex) {
                stage.putBack(taken, parent, name, ex);
                throw ex;
            }
            this.touched = true;
            stage.delete(taken);
        }
    }

    /** Even force throws nothing away that was added since. */
    private void requireTree(Stage stage, String taken, Node after) throws IOException {
        try (Manifest manifest = Manifest.open(this.site.blobs(), ((Node.Tree) after).manifest())) {
            var result = TreeComparison.compare(stage.dir(), taken, manifest, this.lines, TreeComparison.CONTENT);
            if (result.answer() != TreeComparison.Answer.SAME) {
                throw new ChangedMeanwhileException();
            }
        }
    }

    private void putTree(StepMemo.Change change, Node.Tree tree, Verdicts.Verdict verdict) throws IOException {
        TreeRestorer restorer = new TreeRestorer(this.site, this.lines);
        boolean replaced = change.after() instanceof Node.Tree && verdict.state() == Verdicts.State.AFTER;
        if (!replaced && verdict.stat() != null && verdict.stat().is(Stat.Kind.DIRECTORY)) {
            try (Dir parent = openParent(change);
                    Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
                this.touched = true;
                restorer.complete(parent, change.path().name(), manifest, this.force);
                parent.force();
            }
        } else {
            Stage stage = this.site.stage();
            String staged;
            try (Manifest manifest = Manifest.open(this.site.blobs(), tree.manifest())) {
                staged = restorer.build(manifest);
            }
            try {
                this.site.reached("undo:staged");
                // only once what comes back is ready
                if (verdict.stat() != null) {
                    takeAway(change, verdict);
                }
                try (Dir parent = openParent(change)) {
                    stage.place(staged, parent, change.path().name(), null);
                    this.touched = true;
                    restorer.finish(parent, change.path().name());
                    parent.force();
                }
            } catch (IOException | RuntimeException ex) {
                stage.discard(staged, ex);
                throw ex;
            }
        }
        this.losses.addAll(restorer.losses());
    }

    private void moveBack(StepMemo.Change arrived, StepMemo.Change left, Verdicts.Verdict verdict) throws IOException {
        try (Dir source = this.site.jail().open(arrived.path().parent())) {
            if (source == null || verdict.stat() == null) {
                throw new ChangedMeanwhileException();
            }
            try (Dir target = openParent(left)) {
                FileStep.requireContent(source, arrived.path().name(), arrived.after());
                this.site
                        .stage()
                        .move(
                                source,
                                arrived.path().name(),
                                verdict.stat(),
                                target,
                                left.path().name());
                this.touched = true;
                target.force();
                source.force();
            }
        }
    }

    /** A parent somebody removed is made again, because it was there before the step. */
    private Dir openParent(StepMemo.Change change) throws IOException {
        return new Parents(this.site)
                .open(
                        change.path().parent(),
                        change.around().modes(),
                        change.around().mark(),
                        Parents.none());
    }

    /** Even force doesn't throw away a whole directory for the sake of one file. */
    private static void requireNoDirectory(Verdicts.Verdict verdict) throws IOException {
        if (verdict.stat() != null && verdict.stat().is(Stat.Kind.DIRECTORY)) {
            throw new IOException("there is a directory where there was none; move it away");
        }
    }

    private void readBack(StringBuilder note) throws IOException {
        Verdicts judge = new Verdicts(this.site, this.lines, null);
        for (StepMemo.Change change : this.memo.changes()) {
            Verdicts.Verdict verdict = judge.of(change);
            if (verdict.state() != Verdicts.State.BEFORE) {
                if (!this.force || !(change.before() instanceof Node.Tree)) {
                    throw new IOException("what was put there reads back differently; check the disk");
                }
                note.append(", but with what somebody added to it");
            }
        }
    }

    /**
     * The deepest directory that was there before: its own time is put back too, unless somebody else was in it.
     *
     * @param path the directory
     * @param time what to set, or {@code null} for nothing
     */
    private record Around(JailPath path, @Nullable FileTime time) {

        static Around look(Site site, StepMemo.Change change) throws IOException {
            JailPath path = new JailPath(
                    change.path().names().subList(0, change.around().depth()));
            String after = change.around().modifiedAfter();
            if (after != null) {
                try (Dir dir = site.jail().open(path)) {
                    if (dir != null && coarse(dir.self().modified()).equals(coarse(FileTimes.of(after)))) {
                        return new Around(path, FileTimes.of(change.around().modified()));
                    }
                }
            }
            return new Around(path, null);
        }

        void restore(Site site) throws IOException {
            if (this.time == null) {
                return;
            }
            try (Dir dir = site.jail().open(this.path)) {
                if (dir != null) {
                    dir.setModified(this.time);
                }
            }
        }

        /** Java may set times of open directories to the microsecond only. */
        private static FileTime coarse(FileTime time) {
            return FileTime.from(time.toInstant().truncatedTo(ChronoUnit.MICROS));
        }
    }
}
