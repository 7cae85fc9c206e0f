package cloud.enact.connector.github;

import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a pushed commit back: by another commit, or off its branch again where nothing came after it and that is wanted.
 * A branch that is going to be deleted by the same rollback needs no commit more. Thread-safe.
 */
final class PushUndo implements OperationUndo {

    private final GitHubSite site;

    PushUndo(GitHubSite site) {
        this.site = site;
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        Note note = Note.of(record);
        GitData git = git(note);
        String there = planned.heads().of(git, note.branch());
        String head = (there != null) ? there : planned.broughtBack(git.name(), note.branch());
        if (note.after("sha").equals(head) && resets(note, planned, git)) {
            planned.heads().put(git.name(), note.branch(), note.before("sha"));
            return Answers.restored(
                    record,
                    "Branch " + note.branch() + " of " + git.name() + " will be set back to " + note.before("sha"));
        }
        return new Reverting(git, record, change(note)).foresee(planned, head);
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        Note note = Note.of(record);
        GitData git = git(note);
        String head = git.head(note.branch());
        if (note.after("sha").equals(head) && resets(note, planned, git)) {
            StepRestoration reset = reset(record, note, git);
            if (reset != null) {
                return reset;
            }
        }
        return new Reverting(git, record, change(note)).undo(force);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Note note = Note.of(record);
        String head = git(note).head(note.branch());
        return (head != null
                        && Descent.between(git(note), note.after("sha"), head).isDescendant())
                ? Redo.of(this.site, note.repository(), change(note))
                : null;
    }

    /** The commit is known by what is in it, so only where the branch is has to be looked at. */
    @Override
    public StepProbe probe(UndoRecord record) {
        Note note = Note.of(record);
        GitData git = git(note);
        String place = "branch " + note.branch() + " of " + git.name();
        String head = git.head(note.branch());
        if (head == null) {
            return StepProbe.of(record, StepProbe.Finding.UNKNOWN, "There is no " + place + " any more.");
        }
        if (head.equals(note.before("sha"))) {
            return StepProbe.of(record, StepProbe.Finding.NOT_DONE, "It is not in " + place + ", which did not move.");
        }
        return Descent.between(git, note.after("sha"), head).isDescendant()
                ? StepProbe.of(record, StepProbe.Finding.DONE, "Commit " + note.after("sha") + " is in " + place + ".")
                : StepProbe.of(
                        record,
                        StepProbe.Finding.UNKNOWN,
                        "The " + place + " has moved, and commit " + note.after("sha") + " is not in it.");
    }

    private GitData git(Note note) {
        return new GitData(this.site.client(), note.repository());
    }

    static Change change(Note note) {
        return new Change(
                note.branch(),
                note.after("sha"),
                note.before("tree"),
                note.before("title"),
                "commit " + note.after("sha"),
                null,
                note.record().digest());
    }

    private boolean resets(Note note, Planned planned, GitData git) {
        return (this.site.resetPushes() || planned.undoesCreationOf(note.repository(), note.branch()))
                && !git.isProtected(note.branch());
    }

    /** Returns {@code null} when the branch can't be set back. */
    private static @Nullable StepRestoration reset(UndoRecord record, Note note, GitData git) {
        RefUpdate back = RefUpdate.reset(note.branch().ref(), note.after("sha"), note.before("sha"));
        RefsResult moved = new Pins(git).moveKeeping(back, Change.id(record.digest()));
        if (!moved.isMoved() || !note.before("sha").equals(git.head(note.branch()))) {
            return null;
        }
        return Answers.restored(
                        record,
                        "Branch " + note.branch() + " of " + git.name() + " is back at " + note.before("sha") + ".")
                .with(Map.of(
                        "operation", "reset_branch", "branch", note.branch().text(), "sha", note.before("sha")));
    }
}
