package cloud.enact.connector.github;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a change back that was taken back: the commit that took it back is reverted in its turn, a branch that was set
 * back is moved on again, and a pull request that nobody has merged is closed. Thread-safe.
 */
final class Redo implements OperationUndo {

    /** What taking a change back is called. */
    static final String OPERATION = "revert_commit";

    private final GitHubSite site;

    Redo(GitHubSite site) {
        this.site = site;
    }

    /** The taking back of a change as a step of its own. */
    static StepReversal of(GitHubSite site, RepositoryName repository, Change change) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("repo", repository.toString());
        args.put("branch", change.branch().text());
        args.put("number", change.number());
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        before.put("last", change.last());
        before.put("tree", change.treeBefore());
        before.put("title", change.title());
        before.put("what", change.what());
        before.put("digest", change.digest());
        return new StepReversal(
                OPERATION, args, Reversibility.COMPENSATABLE, site.capture(before, Map.of("reverted", change.last())));
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        Note note = Note.of(record);
        GitData git = git(note);
        Change taken = taken(note);
        String there = planned.heads().of(git, note.branch());
        String head = (there != null) ? there : planned.broughtBack(git.name(), note.branch());
        if (new Pins(git).find(taken.id()) != null) {
            StepRestoration expected = movedOn(record, taken, head, git);
            if (expected.restoration() == Restoration.RESTORED) {
                planned.heads().put(git.name(), note.branch(), taken.last());
            }
            return expected;
        }
        PullRequest asked = new RevertPullRequest(git, taken).find();
        if (asked != null && asked.open()) {
            return Answers.restored(record, "Pull request " + asked.number() + " will be closed.");
        }
        Change revert = revert(note, git, taken, asked, head);
        return (revert != null) ? new Reverting(git, record, revert).foresee(planned, head) : nothing(record);
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        Note note = Note.of(record);
        GitData git = git(note);
        Change taken = taken(note);
        String head = git.head(note.branch());
        if (new Pins(git).find(taken.id()) != null) {
            return moveOn(record, taken, head, git);
        }
        RevertPullRequest pullRequest = new RevertPullRequest(git, taken);
        PullRequest asked = pullRequest.find();
        if (asked != null && asked.open()) {
            pullRequest.close(asked);
            return Answers.restored(record, "Pull request " + asked.number() + " is closed.");
        }
        Change revert = revert(note, git, taken, asked, head);
        return (revert != null) ? new Reverting(git, record, revert).undo(force) : nothing(record);
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Note note = Note.of(record);
        GitData git = git(note);
        Change taken = taken(note);
        String head = git.head(note.branch());
        if (new Pins(git).find(taken.id()) != null) {
            return (head != null) ? pushed(git, taken, head) : null;
        }
        PullRequest asked = new RevertPullRequest(git, taken).find();
        Change revert = revert(note, git, taken, asked, head);
        return (revert != null) ? of(this.site, git.name(), revert) : null;
    }

    /** Bringing back what was set back, told as a step: the push that it is. */
    private StepReversal pushed(GitData git, Change taken, String head) {
        return new StepReversal(
                GitHubOperation.PUSH_COMMIT.id(),
                Map.of("repo", git.name().toString(), "branch", taken.branch().text()),
                GitHubOperation.PUSH_COMMIT.reversibility(),
                this.site.capture(
                        Map.of("sha", head, "tree", taken.treeBefore(), "title", taken.title()),
                        Map.of("sha", taken.last())));
    }

    private GitData git(Note note) {
        return new GitData(this.site.client(), note.repository());
    }

    private static Change taken(Note note) {
        return new Change(
                note.branch(),
                note.before("last"),
                note.before("tree"),
                note.before("title"),
                note.before("what"),
                (note.record().args().get("number") != null) ? Integer.valueOf(note.number()) : null,
                note.before("digest"));
    }

    /** The commit that took the change back, as a change; {@code null} when there is none. */
    private static @Nullable Change revert(
            Note note, GitData git, Change taken, @Nullable PullRequest asked, @Nullable String head) {
        String sha = null;
        if (asked != null && asked.merged()) {
            sha = asked.mergeSha();
        } else if (head != null) {
            Commit found = Descent.between(git, taken.last(), head).newest(taken::isTakenBackBy);
            sha = (found != null) ? found.sha() : null;
        }
        if (sha == null) {
            return null;
        }
        // the pull request has one commit, so whatever way it was merged, there is one commit to take back
        String before = git.commit(sha).parents().get(0);
        return new Change(
                note.branch(),
                sha,
                git.commit(before).tree(),
                "Revert \"" + taken.title() + "\"",
                "commit " + sha + ", which took back " + taken.what(),
                null,
                note.record().digest());
    }

    private static StepRestoration movedOn(UndoRecord record, Change taken, @Nullable String head, GitData git) {
        if (taken.last().equals(head)) {
            return Answers.already(record, "Branch " + taken.branch() + " of " + git.name() + " is at " + taken.last());
        }
        if (head == null || !Descent.between(git, head, taken.last()).isDescendant()) {
            return elsewhere(record, taken, git);
        }
        return Answers.restored(record, "Branch " + taken.branch() + " of " + git.name() + " is at " + taken.last());
    }

    private static StepRestoration moveOn(UndoRecord record, Change taken, @Nullable String head, GitData git) {
        StepRestoration expected = movedOn(record, taken, head, git);
        if (head == null || expected.restoration() != Restoration.RESTORED) {
            return expected;
        }
        if (!git.commit(taken.last()).parents().equals(List.of(head))) {
            // other commits would come along
            return elsewhere(record, taken, git);
        }
        RefsResult moved =
                new Pins(git).moveBack(RefUpdate.forward(taken.branch().ref(), head, taken.last()), taken.id());
        if (moved.outcome() == RefsResult.Outcome.STALE) {
            return elsewhere(record, taken, git);
        }
        return (moved.isMoved() && taken.last().equals(git.head(taken.branch())))
                ? expected
                : Answers.failed(
                        record,
                        "Branch " + taken.branch() + " of " + git.name() + " did not move on: " + moved.message());
    }

    private static StepRestoration elsewhere(UndoRecord record, Change taken, GitData git) {
        return Answers.conflict(
                record,
                "Branch " + taken.branch() + " of " + git.name() + " is not where it was set back to: look what is"
                        + " there, then skip this step.");
    }

    private static StepRestoration nothing(UndoRecord record) {
        return Answers.already(record, "It is not taken back.");
    }
}
