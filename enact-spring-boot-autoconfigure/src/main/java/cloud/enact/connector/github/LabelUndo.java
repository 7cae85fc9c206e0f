package cloud.enact.connector.github;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Takes a label off that was put on, or puts one on that was taken off. */
final class LabelUndo implements OperationUndo {

    /** The undoing of putting a label on; nobody can call it. */
    static final String REMOVE_LABEL = "remove_label";

    private final GitHubSite site;

    private final Threads threads;

    /** Whether undoing leaves the label on. */
    private final boolean on;

    LabelUndo(GitHubSite site, boolean on) {
        this.site = site;
        this.threads = new Threads(site.client());
        this.on = on;
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        StepRestoration settled = settled(record);
        return (settled != null)
                ? settled
                : Answers.restored(
                        record, words(record) + " is going to be " + (this.on ? "put on again" : "taken off"));
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        StepRestoration settled = settled(record);
        if (settled != null) {
            return settled;
        }
        Note note = Note.of(record);
        GHRepository repository = this.site.client().repository(note.repository());
        this.site
                .client()
                .attempt(() -> this.on
                        ? repository.getIssue(note.number()).addLabels(label(record))
                        : repository.getIssue(note.number()).removeLabel(label(record)));
        return (settled(record) != null)
                ? Answers.restored(record, words(record) + " is " + (this.on ? "put on again" : "taken off"))
                : Answers.failed(record, words(record) + " is as before. Try again");
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        if (settled(record) != null) {
            return null;
        }
        Note note = Note.of(record);
        return new StepReversal(
                this.on ? GitHubOperation.ADD_LABEL.id() : REMOVE_LABEL,
                Map.of("repo", note.repository().toString(), "number", note.number(), "label", label(record)),
                Reversibility.REVERSIBLE,
                this.site.capture(Map.of("labelled", !this.on), Map.of("labelled", this.on)));
    }

    /** What there is to say when nothing is to be done; {@code null} otherwise. */
    private @Nullable StepRestoration settled(UndoRecord record) {
        Note note = Note.of(record);
        JsonNode thread = this.threads.issue(note.repository(), note.number());
        if (thread == null) {
            return Answers.already(record, "#" + note.number() + " of " + note.repository() + " is not there any more");
        }
        return (Threads.hasLabel(thread, label(record)) == this.on)
                ? Answers.already(record, words(record) + " is " + (this.on ? "there" : "not there"))
                : null;
    }

    private static String label(UndoRecord record) {
        return Note.of(record).argument("label");
    }

    private static String words(UndoRecord record) {
        Note note = Note.of(record);
        return "The label '" + label(record) + "' on #" + note.number() + " of " + note.repository();
    }
}
