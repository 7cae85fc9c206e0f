package cloud.enact.connector.github;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes a comment again that was deleted when the step that wrote it was undone. It becomes a new comment. */
final class DeletedCommentUndo implements OperationUndo {

    /** The undoing of a comment; nobody can call it. */
    static final String DELETE_COMMENT = "delete_comment";

    private final GitHubSite site;

    private final Threads threads;

    DeletedCommentUndo(GitHubSite site) {
        this.site = site;
        this.threads = new Threads(site.client());
    }

    /** The deletion of a comment as a step of its own. */
    static StepReversal of(GitHubSite site, Note note, String text) {
        return new StepReversal(
                DELETE_COMMENT,
                Map.of("repo", note.repository().toString(), "number", note.number()),
                Reversibility.COMPENSATABLE,
                site.capture(Map.of("text", text, "marker", note.after("marker")), Map.of("deleted", true)));
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        return isThere(record)
                ? there(record)
                : Answers.restored(record, words(record) + " is going to be written again");
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        if (isThere(record)) {
            return there(record);
        }
        Note note = Note.of(record);
        this.site
                .client()
                .attempt(() -> this.site
                        .client()
                        .send(
                                "POST",
                                note.repository().path() + "/issues/" + note.number() + "/comments",
                                Map.of("body", note.before("text"))));
        return isThere(record)
                ? Answers.restored(record, words(record) + " is written again, as a new one")
                : Answers.failed(record, words(record) + " is not there. Try again");
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Note note = Note.of(record);
        return isThere(record)
                ? null
                : new StepReversal(
                        GitHubOperation.COMMENT.id(),
                        Map.of("repo", note.repository().toString(), "number", note.number()),
                        GitHubOperation.COMMENT.reversibility(),
                        this.site.capture(
                                Map.of(),
                                Map.of("marker", note.before("marker"), "body", Marker.digest(note.before("text")))));
    }

    private boolean isThere(UndoRecord record) {
        Note note = Note.of(record);
        JsonNode found = this.threads.markedComment(note.repository(), note.number(), note.before("marker"));
        return found != null;
    }

    private static StepRestoration there(UndoRecord record) {
        return Answers.already(record, words(record) + " is there");
    }

    private static String words(UndoRecord record) {
        Note note = Note.of(record);
        return "The comment on #" + note.number() + " of " + note.repository();
    }
}
