package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Takes back what one filesystem connector did. Thread-safe. */
final class FilesystemUndo implements StepUndo {

    private static final Log logger = LogFactory.getLog(FilesystemUndo.class);

    /** What the undoing of an operation is called before the operation's own name. */
    private static final String UNDO = "undo_";

    private final String connector;

    private final Site site;

    private final Manifest.Lines lines;

    private final Reversals reversals;

    FilesystemUndo(String connector, Site site, Manifest.Lines lines) {
        this.connector = connector;
        this.site = site;
        this.lines = lines;
        this.reversals = new Reversals(site, lines);
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        List<@Nullable StepMemo> memos = new ArrayList<>();
        List<StepMemo> readable = new ArrayList<>();
        for (UndoRecord record : newestFirst) {
            StepMemo memo = read(record);
            memos.add(memo);
            if (memo != null) {
                readable.add(memo);
            }
        }
        Outlook outlook = new Outlook(this.site, this.lines, readable);
        OwnContent own = new OwnContent(readable);
        List<StepRestoration> answers = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            UndoRecord record = newestFirst.get(i);
            StepMemo memo = memos.get(i);
            answers.add((memo != null) ? foresee(record, memo, outlook, own) : unusable(record));
        }
        return List.copyOf(answers);
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        return undo(record, List.of(record), force);
    }

    @Override
    public StepRestoration undo(UndoRecord record, List<UndoRecord> planned, boolean force) {
        StepMemo recorded = read(record);
        if (recorded == null) {
            return unusable(record);
        }
        StepMemo memo;
        try {
            memo = OwnContent.told(
                    recorded,
                    new Verdicts(this.site, this.lines, null),
                    () -> OwnContent.beside(recorded, planned, this::read));
        } catch (IOException ex) {
            return UndoAnswers.notLookedAt(record, recorded, ex);
        }
        Restorer restorer = new Restorer(this.site, this.lines, memo, force);
        try {
            List<Verdicts.Verdict> verdicts = verdicts(memo, new Verdicts(this.site, this.lines, null));
            Restoration expected = expected(verdicts);
            if (expected == Restoration.CONFLICT && !force) {
                return UndoAnswers.conflict(record, memo, verdicts);
            }
            if (expected != Restoration.ALREADY_RESTORED) {
                new KeptCheck(this.site, this.lines, null).require(memo);
            }
            String note = restorer.restore(verdicts);
            StepRestoration answer = (expected == Restoration.ALREADY_RESTORED)
                    ? UndoAnswers.alreadyRestored(record, memo, note)
                    : StepRestoration.of(
                            record, Restoration.RESTORED, UndoAnswers.paths(memo) + " as before the step" + note);
            logger.debug("Undid step " + record.position() + " of run " + record.runId());
            return answer;
        } catch (ChangedMeanwhileException ex) {
            return restorer.touched()
                    ? StepRestoration.of(
                            record,
                            Restoration.FAILED,
                            UndoAnswers.paths(memo)
                                    + " being changed by somebody, and a part of it may be back already. Look at"
                                    + " it, then try again")
                    : StepRestoration.of(
                            record,
                            Restoration.CONFLICT,
                            UndoAnswers.paths(memo)
                                    + " being changed by somebody, and was not touched. Look at it, then try"
                                    + " again");
        } catch (NotKeptException ex) {
            return UndoAnswers.notKept(
                    record, memo, (restorer.touched() || force) ? Restoration.FAILED : Restoration.CONFLICT, ex);
        } catch (IOException ex) {
            return StepRestoration.of(
                    record,
                    Restoration.FAILED,
                    UndoAnswers.paths(memo) + " not restored: " + Trouble.sentence(ex)
                            + ". Settle that, then try again");
        } catch (IllegalArgumentException ex) {
            return StepRestoration.of(record, Restoration.FAILED, "Not restored: " + ex.getMessage());
        }
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) throws IOException {
        StepMemo memo = read(record);
        if (memo == null) {
            return null;
        }
        StepMemo reversal = this.reversals.of(memo, blobs);
        String operation = record.operation();
        return new StepReversal(
                operation.startsWith(UNDO) ? operation.substring(UNDO.length()) : UNDO + operation,
                record.args(),
                Reversibility.REVERSIBLE,
                new Capture(reversal.before(), reversal.after()));
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        List<String> below = StepMemo.pathsOf(older);
        return StepMemo.pathsOf(newer).stream()
                .anyMatch(path -> below.stream().anyMatch(other -> overlap(path, other)));
    }

    /** Whether one path is the other, or inside it. */
    private static boolean overlap(String path, String other) {
        return path.equals(other) || path.startsWith(other + "/") || other.startsWith(path + "/");
    }

    private StepRestoration foresee(UndoRecord record, StepMemo recorded, Outlook outlook, OwnContent own) {
        StepMemo memo = recorded;
        try {
            Verdicts judge = new Verdicts(this.site, this.lines, outlook);
            memo = OwnContent.told(recorded, judge, () -> own);
            List<Verdicts.Verdict> verdicts = verdicts(memo, judge);
            Restoration expected = expected(verdicts);
            NotKeptException gone = null;
            if (expected == Restoration.RESTORED) {
                gone = requireContent(memo, outlook);
            }
            if (!memo.isNothing()) {
                // even after a conflict: older steps are judged as if this one had been settled
                outlook.undone(memo);
            }
            if (gone != null) {
                return UndoAnswers.notKept(record, memo, Restoration.CONFLICT, gone);
            }
            return switch (expected) {
                case CONFLICT -> UndoAnswers.conflict(record, memo, verdicts);
                case ALREADY_RESTORED -> UndoAnswers.alreadyRestored(record, memo, "");
                default ->
                    StepRestoration.of(record, expected, UndoAnswers.paths(memo) + " going to be as before the step");
            };
        } catch (IOException ex) {
            return UndoAnswers.notLookedAt(record, memo, ex);
        } catch (IllegalArgumentException ex) {
            return StepRestoration.of(record, Restoration.FAILED, "It can't be looked at: " + ex.getMessage());
        }
    }

    /**
     * What is to be brought back must still be in the blob store; that it is intact is seen when it is read.
     *
     * @return what is no longer where it was kept instead, or {@code null}
     */
    private @Nullable NotKeptException requireContent(StepMemo memo, Outlook outlook) throws IOException {
        for (StepMemo.Change change : memo.changes()) {
            if (change.before() instanceof Node.File file && file.kept() == null) {
                this.site.blobs().open(file.sha256()).close();
            }
        }
        try {
            new KeptCheck(this.site, this.lines, outlook).require(memo);
            return null;
        } catch (NotKeptException ex) {
            return ex;
        }
    }

    private static List<Verdicts.Verdict> verdicts(StepMemo memo, Verdicts judge) throws IOException {
        List<Verdicts.Verdict> verdicts = new ArrayList<>();
        for (StepMemo.Change change : memo.changes()) {
            verdicts.add(judge.of(change));
        }
        return verdicts;
    }

    private static Restoration expected(List<Verdicts.Verdict> verdicts) {
        if (verdicts.stream().allMatch(verdict -> verdict.state() == Verdicts.State.BEFORE)) {
            return Restoration.ALREADY_RESTORED;
        }
        boolean all = verdicts.stream().allMatch(verdict -> verdict.state() == Verdicts.State.AFTER);
        boolean partly = verdicts.stream().allMatch(verdict -> verdict.state() == Verdicts.State.PARTLY);
        return (all || partly) ? Restoration.RESTORED : Restoration.CONFLICT;
    }

    private StepRestoration unusable(UndoRecord record) {
        return UndoAnswers.unusable(record, this.connector, this.site.root());
    }

    /** Reads a record, or returns {@code null} when it is not one this connector can use. */
    private @Nullable StepMemo read(UndoRecord record) {
        try {
            if (!record.connector().equals(this.connector)
                    || !StepMemo.rootOf(record).equals(this.site.root().toString())) {
                return null;
            }
            return StepMemo.read(record, this.site.jail());
        } catch (IllegalArgumentException ex) {
            logger.debug("Step " + record.position() + " of run " + record.runId() + " can't be used", ex);
            return null;
        }
    }
}
