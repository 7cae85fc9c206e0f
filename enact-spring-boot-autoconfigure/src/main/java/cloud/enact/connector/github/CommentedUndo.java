package cloud.enact.connector.github;

import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Deletes a comment, if it still says what was written. */
final class CommentedUndo implements OperationUndo {

    private final GitHubSite site;

    private final Threads threads;

    CommentedUndo(GitHubSite site) {
        this.site = site;
        this.threads = new Threads(site.client());
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        StepRestoration settled = settled(record, find(record), false);
        return (settled != null) ? settled : Answers.restored(record, words(record) + " is going to be deleted");
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        JsonNode comment = find(record);
        StepRestoration settled = settled(record, comment, force);
        if (settled != null) {
            return settled;
        }
        long id = Objects.requireNonNull(comment).path("id").asLong(0);
        Note note = Note.of(record);
        this.site
                .client()
                .attempt(() -> this.site
                        .client()
                        .send("DELETE", note.repository().path() + "/issues/comments/" + id, Map.of()));
        return (this.threads.comment(note.repository(), id) == null)
                ? Answers.restored(record, words(record) + " is deleted; people may have read it")
                : Answers.failed(record, words(record) + " is still there. Try again");
    }

    /** Deleting it, told as a step: its undo writes it again. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        JsonNode comment = find(record);
        return (comment != null)
                ? DeletedCommentUndo.of(
                        this.site, Note.of(record), comment.path("body").asString(""))
                : null;
    }

    /** What there is to say when it is not to be deleted; {@code null} when it is. */
    private static @Nullable StepRestoration settled(UndoRecord record, @Nullable JsonNode comment, boolean force) {
        if (comment == null) {
            return Answers.already(record, words(record) + " is not there");
        }
        String ours = Note.of(record).after("body");
        return (force || ours.equals(Marker.digest(comment.path("body").asString(""))))
                ? null
                : Answers.conflict(
                        record,
                        words(record) + " was edited since. It was not deleted; look at it, then skip this step or"
                                + " force it");
    }

    private @Nullable JsonNode find(UndoRecord record) {
        Note note = Note.of(record);
        if (record.fingerprint().values().get("id") instanceof Number id) {
            return this.threads.comment(note.repository(), id.longValue());
        }
        return this.threads.markedComment(note.repository(), note.number(), note.after("marker"));
    }

    private static String words(UndoRecord record) {
        Note note = Note.of(record);
        return "The comment on #" + note.number() + " of " + note.repository();
    }
}
