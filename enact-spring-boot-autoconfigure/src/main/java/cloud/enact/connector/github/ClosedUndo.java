package cloud.enact.connector.github;

import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Opens an issue or pull request again that was closed. */
final class ClosedUndo implements OperationUndo {

    private final GitHubSite site;

    private final Threads threads;

    /** Whether it is about pull requests. */
    private final boolean pulls;

    ClosedUndo(GitHubSite site, boolean pulls) {
        this.site = site;
        this.threads = new Threads(site.client());
        this.pulls = pulls;
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        StepRestoration settled = settled(record, find(record), false);
        return (settled != null) ? settled : Answers.restored(record, words(record) + " is going to be opened again");
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        StepRestoration settled = settled(record, find(record), force);
        if (settled != null) {
            return settled;
        }
        Note note = Note.of(record);
        GHRepository repository = this.site.client().repository(note.repository());
        this.site.client().attempt(() -> {
            if (this.pulls) {
                repository.getPullRequest(note.number()).reopen();
            } else {
                repository.getIssue(note.number()).reopen();
            }
            return note;
        });
        JsonNode now = find(record);
        return (now != null && Threads.isOpen(now))
                ? Answers.restored(record, words(record) + " is open again")
                : Answers.failed(record, words(record) + " is not open. Look at it, then try again");
    }

    /** Opening it again, told as a step: its undo closes it. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        if (settled(record, find(record), true) != null) {
            return null;
        }
        GitHubOperation opening = this.pulls ? GitHubOperation.CREATE_PR : GitHubOperation.CREATE_ISSUE;
        Note note = Note.of(record);
        return new StepReversal(
                opening.id(),
                Map.of("repo", note.repository().toString()),
                opening.reversibility(),
                this.site.capture(Map.of("state", "closed"), Map.of("number", note.number())));
    }

    /** What there is to say when it is not to be opened; {@code null} when it is. */
    private @Nullable StepRestoration settled(UndoRecord record, @Nullable JsonNode thread, boolean force) {
        if (thread == null) {
            return Answers.conflict(record, words(record) + " is not there any more. Skip this step");
        }
        if (Threads.isOpen(thread)) {
            return Answers.already(record, words(record) + " is open");
        }
        if (this.pulls && Threads.isMerged(thread)) {
            return Answers.conflict(record, words(record) + " was merged since. Look at it, then skip this step");
        }
        Object ours = record.fingerprint().values().get("closed_at");
        String closed = thread.path("closed_at").asString("");
        return (force || ours == null || ours.equals(closed))
                ? null
                : Answers.conflict(
                        record,
                        words(record) + " was opened and closed again by somebody at " + closed
                                + ". It was not touched; look at it, then skip this step or force it");
    }

    private @Nullable JsonNode find(UndoRecord record) {
        Note note = Note.of(record);
        return this.pulls
                ? this.threads.pull(note.repository(), note.number())
                : this.threads.issue(note.repository(), note.number());
    }

    private String words(UndoRecord record) {
        Note note = Note.of(record);
        return (this.pulls ? "Pull request #" : "Issue #") + note.number() + " of " + note.repository();
    }
}
