package cloud.enact.connector.github;

import cloud.enact.connector.github.GitHubException.Kind;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHIssueStateReason;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Closes an issue or pull request that was opened. */
final class OpenedUndo implements OperationUndo {

    private final GitHubSite site;

    private final Threads threads;

    /** Whether it is about pull requests. */
    private final boolean pulls;

    OpenedUndo(GitHubSite site, boolean pulls) {
        this.site = site;
        this.threads = new Threads(site.client());
        this.pulls = pulls;
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        JsonNode thread = find(record);
        StepRestoration settled = settled(record, thread, planned);
        return (settled != null) ? settled : Answers.restored(record, words(record, thread) + " is going to be closed");
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        JsonNode thread = find(record);
        StepRestoration settled = settled(record, thread, planned);
        if (settled != null || thread == null) {
            return (settled != null) ? settled : never(record);
        }
        int number = thread.path("number").asInt(0);
        RepositoryName name = Note.of(record).repository();
        GHRepository repository = this.site.client().repository(name);
        this.site.client().attempt(() -> {
            if (this.pulls) {
                repository.getPullRequest(number).close();
            } else {
                repository.getIssue(number).close(GHIssueStateReason.NOT_PLANNED);
            }
            return number;
        });
        JsonNode now = find(record);
        StepRestoration after = settled(record, now, planned);
        if (after == null) {
            return Answers.failed(record, words(record, now) + " is still open. Try again");
        }
        return (now != null && Threads.isMerged(now))
                ? after
                : Answers.restored(record, words(record, now) + " is closed; people see that it was there");
    }

    /** Closing it, told as a step: its undo opens it again. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        JsonNode thread = find(record);
        if (thread == null || !Threads.isOpen(thread)) {
            return null;
        }
        GitHubOperation closing = this.pulls ? GitHubOperation.CLOSE_PR : GitHubOperation.CLOSE_ISSUE;
        return new StepReversal(
                closing.id(),
                Map.of(
                        "repo",
                        Note.of(record).repository().toString(),
                        "number",
                        thread.path("number").asInt(0)),
                closing.reversibility(),
                this.site.capture(Map.of("state", "open"), Map.of("state", "closed")));
    }

    /** What there is to say when it is not open; {@code null} when it is. */
    private @Nullable StepRestoration settled(UndoRecord record, @Nullable JsonNode thread, Planned planned) {
        if (thread == null) {
            return never(record);
        }
        if (Threads.isOpen(thread)) {
            return null;
        }
        if (!this.pulls || !Threads.isMerged(thread)) {
            return Answers.already(record, words(record, thread) + " is closed already");
        }
        String merge = thread.path("merge_commit_sha").asString("");
        Note note = Note.of(record);
        if (planned.merged(note.repository(), thread.path("number").asInt(0))) {
            return Answers.already(record, words(record, thread) + " stays as merged; its merge is reverted");
        }
        BranchName base = new BranchName(thread.path("base").path("ref").asString(""));
        return isReverted(note.repository(), base, merge)
                ? Answers.already(record, words(record, thread) + " stays as merged; its merge was reverted")
                : Answers.conflict(
                        record,
                        words(record, thread) + " was merged as " + merge
                                + ", and a merged one can't be closed. Revert it, or skip this step");
    }

    private boolean isReverted(RepositoryName repository, BranchName base, String merge) {
        if (!GitHubArguments.isSha(merge)) {
            return false;
        }
        GitData git = new GitData(this.site.client(), repository);
        String head = git.head(base);
        if (head == null) {
            return false;
        }
        boolean reverted = false;
        String by = merge;
        for (Commit commit : Descent.between(git, merge, head).since()) {
            String message = commit.message();
            // the last word counts: what took it back may have been taken back
            if (message.contains("This reverts commit " + by) || message.contains("This takes back commit " + by)) {
                reverted = !reverted;
                by = commit.sha();
            } else if (message.contains("This reverts commit " + merge) || message.contains("was merged as " + merge)) {
                reverted = !message.startsWith("Revert \"Revert ");
                by = commit.sha();
            }
        }
        return reverted;
    }

    /** What the step opened; {@code null} when there is nothing. */
    private @Nullable JsonNode find(UndoRecord record) {
        Note note = Note.of(record);
        if (note.hasAfter("number")) {
            int number = note.afterNumber("number");
            return this.pulls
                    ? this.threads.pull(note.repository(), number)
                    : this.threads.issue(note.repository(), number);
        }
        String marker = note.after("marker");
        if (!this.pulls) {
            return this.threads.markedIssue(note.repository(), marker);
        }
        Object head = record.args().get("head");
        JsonNode found = this.threads.markedPull(note.repository(), new BranchName(String.valueOf(head)), marker);
        // a list does not tell whether it was merged
        return (found != null)
                ? this.threads.pull(note.repository(), found.path("number").asInt(0))
                : null;
    }

    private String words(UndoRecord record, @Nullable JsonNode thread) {
        int number = (thread != null) ? thread.path("number").asInt(0) : 0;
        return (this.pulls ? "Pull request #" : "Issue #") + number + " of "
                + Note.of(record).repository();
    }

    private StepRestoration never(UndoRecord record) {
        if (Note.of(record).isDone() && !Note.of(record).hasAfter("number")) {
            // done, but nobody knows what: looking among the newest did not find it
            throw new GitHubException(Kind.NOT_FOUND, 0, "What the step opened is not found; look for it", null);
        }
        return Answers.already(record, "Nothing that the step opened is there");
    }
}
