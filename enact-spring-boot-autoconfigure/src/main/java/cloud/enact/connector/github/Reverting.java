package cloud.enact.connector.github;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a change of a step back, by a commit or where only those are taken by a pull request, and says what came of it. */
final class Reverting {

    private static final String WARNING =
            " Merging the same branch again brings nothing back: revert the revert for that.";

    private final UndoRecord record;

    private final RepositoryName repository;

    private final Change change;

    private final String place;

    private final ThreeWayRevert revert;

    private final RevertPullRequest pullRequest;

    Reverting(GitData git, UndoRecord record, Change change) {
        this.record = record;
        this.repository = git.name();
        this.change = change;
        this.place = "branch " + change.branch() + " of " + git.name();
        this.revert = new ThreeWayRevert(git, change);
        this.pullRequest = new RevertPullRequest(git, change);
    }

    /**
     * Says what taking it back would come to.
     *
     * @param planned what else is undone
     * @param head where the branch will be then, {@code null} when it is gone
     */
    StepRestoration foresee(Planned planned, @Nullable String head) {
        PullRequest asked = this.pullRequest.find();
        if (asked != null) {
            return asked(asked);
        }
        BranchName branch = this.change.branch();
        Revert foreseen = this.revert.foresee(head, planned.goesOn(this.repository, branch));
        if (foreseen.sha() != null) {
            planned.heads().put(this.repository, branch, foreseen.sha());
        }
        return switch (foreseen.outcome()) {
            case PROTECTED ->
                line(
                        Restoration.PENDING,
                        "A pull request will be opened that takes it back, because " + this.place + " is protected.");
            case REVERTED ->
                line(Restoration.RESTORED, "A commit will take it back on " + this.place + "; later commits stay.");
            default -> settled(foreseen);
        };
    }

    /**
     * Takes it back.
     *
     * @param force whether to ask again where somebody declined
     */
    StepRestoration undo(boolean force) {
        PullRequest asked = this.pullRequest.find();
        if (asked != null) {
            boolean declined = !asked.open() && !asked.merged();
            return asked((declined && force) ? this.pullRequest.reopen(asked) : asked);
        }
        Revert done = this.revert.perform();
        return switch (done.outcome()) {
            case PROTECTED -> asked(this.pullRequest.open(done.commit()));
            case REVERTED ->
                line(
                                Restoration.RESTORED,
                                "Commit " + done.commit() + " takes it back on " + this.place + "; later commits stay."
                                        + WARNING)
                        .with(output(done.commit(), null));
            default -> settled(done);
        };
    }

    private StepRestoration asked(PullRequest asked) {
        if (asked.merged()) {
            return line(
                            Restoration.RESTORED,
                            "Pull request " + asked.number() + " took it back on " + this.place + "." + WARNING)
                    .with(output(asked.mergeSha(), asked.url()));
        }
        if (asked.open()) {
            return line(
                            Restoration.PENDING,
                            "Pull request " + asked.number() + " takes it back when somebody merges it: " + asked.url()
                                    + " Ask again then.")
                    .with(output(null, asked.url()));
        }
        return line(
                        Restoration.CONFLICT,
                        "Pull request " + asked.number() + " that takes it back was closed without being merged: "
                                + asked.url() + " Reopen it, or skip this step.")
                .with(output(null, asked.url()));
    }

    private StepRestoration settled(Revert revert) {
        return switch (revert.outcome()) {
            case REVERTED_BEFORE ->
                line(Restoration.ALREADY_RESTORED, "Commit " + revert.commit() + " took it back before.")
                        .with(output(revert.commit(), null));
            case NOTHING_LEFT ->
                line(Restoration.ALREADY_RESTORED, "Nothing of it is left on " + this.place + ": it was taken back.");
            case SET_BACK ->
                line(Restoration.ALREADY_RESTORED, "It is not in " + this.place + ", which is where it was before.");
            case CONFLICT ->
                line(
                        Restoration.CONFLICT,
                        "Later commits on " + this.place + " changed the same lines as " + this.change.what()
                                + ", so taking it back needs a person: revert " + this.change.last()
                                + " by hand, then skip this step. Nothing was changed.");
            case REWRITTEN ->
                line(
                        Restoration.CONFLICT,
                        "Somebody rewrote " + this.place + " and commit " + this.change.last()
                                + " is not in it any more: look whether what it changed still is, then skip this"
                                + " step.");
            case GONE -> gone();
            case REVERTED, PROTECTED -> throw new IllegalStateException("Not settled");
        };
    }

    /** A merge may be somewhere else, too; a commit that was pushed is gone with its branch. */
    private StepRestoration gone() {
        return this.change.isMerge()
                ? line(
                        Restoration.CONFLICT,
                        "Somebody deleted " + this.place + ": look what became of the merge, then skip this step.")
                : line(
                        Restoration.ALREADY_RESTORED,
                        "There is no " + this.place + " any more, and the commit went with it.");
    }

    private StepRestoration line(Restoration restoration, String detail) {
        return StepRestoration.of(this.record, restoration, detail);
    }

    private Map<String, @Nullable Object> output(@Nullable String sha, @Nullable String pullRequest) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("operation", "revert_commit");
        if (sha != null) {
            output.put("revert_sha", sha);
        }
        output.put(this.change.isMerge() ? "reverted_merge" : "reverted_commit", this.change.last());
        output.put("base_branch", this.change.branch().text());
        if (pullRequest != null) {
            output.put("pull_request", pullRequest);
        }
        return output;
    }
}
