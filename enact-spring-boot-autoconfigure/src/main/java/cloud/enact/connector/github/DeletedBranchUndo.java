package cloud.enact.connector.github;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Makes a deleted branch again where it was, and reopens the pull requests that were closed with it. */
final class DeletedBranchUndo implements OperationUndo {

    private static final int UNPROCESSABLE = 422;

    private final GitHubSite site;

    private final Threads threads;

    DeletedBranchUndo(GitHubSite site) {
        this.site = site;
        this.threads = new Threads(site.client());
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        Note note = Note.of(record);
        String tip = tip(note);
        if (tip != null && !tip.equals(note.before("sha"))) {
            return other(record, note, tip);
        }
        if (tip == null && deletedByOthers(note)) {
            return others(record, note);
        }
        if (tip == null) {
            return Answers.restored(
                    record, "The branch '" + note.branch() + "' is going to be at " + note.before("sha") + " again");
        }
        return closed(note).isEmpty()
                ? already(record, note)
                : Answers.restored(record, "The pull requests " + closed(note) + " are going to be opened again");
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        Note note = Note.of(record);
        String sha = note.before("sha");
        String tip = tip(note);
        if (tip != null && !tip.equals(sha) && !force) {
            return other(record, note, tip);
        }
        if (tip == null && deletedByOthers(note)) {
            return others(record, note);
        }
        List<Integer> closed = closed(note);
        if (sha.equals(tip) && closed.isEmpty()) {
            return already(record, note);
        }
        GHRepository repository = this.site.client().repository(note.repository());
        String kept = "";
        if (!sha.equals(tip)) {
            String pin = Pin.ref(UUID.randomUUID().toString());
            kept = (tip != null) ? "; the commits others had pushed to it are kept as " + pin : "";
            RefsResult result = this.site.client().updateRefs(repository, updates(note, sha, tip, pin));
            if (result.outcome() == RefsResult.Outcome.STALE) {
                return other(record, note, String.valueOf(tip(note)));
            }
            if (!result.isMoved()) {
                return Answers.failed(
                        record,
                        "The branch '" + note.branch() + "' is not back. GitHub said: " + result.message()
                                + ". Settle that, then try again");
            }
        }
        if (!sha.equals(tip(note))) {
            return other(record, note, String.valueOf(tip(note)));
        }
        return reopen(record, note, repository, closed, kept);
    }

    private List<RefUpdate> updates(Note note, String sha, @Nullable String tip, String keeping) {
        List<RefUpdate> updates = new ArrayList<>();
        if (tip == null) {
            updates.add(RefUpdate.create(note.branch().ref(), sha));
        } else {
            // by force: what others made of the branch stays reachable
            updates.add(RefUpdate.create(keeping, tip));
            updates.add(RefUpdate.reset(note.branch().ref(), tip, sha));
        }
        String pin = pin(note);
        if (pin != null && isPinned(note, pin)) {
            updates.add(RefUpdate.delete(pin, sha));
        }
        return updates;
    }

    /** Whether the step did not delete it: its pin comes with the deletion, and goes with the undo. */
    private boolean deletedByOthers(Note note) {
        String pin = pin(note);
        return !note.isDone() && pin != null && !isPinned(note, pin);
    }

    private boolean isPinned(Note note, String pin) {
        return note.before("sha").equals(this.site.client().references().find(note.repository(), pin));
    }

    private static @Nullable String pin(Note note) {
        return (note.record().before().values().get("pin") instanceof String pin) ? pin : null;
    }

    private StepRestoration reopen(
            UndoRecord record, Note note, GHRepository repository, List<Integer> closed, String kept) {
        String back = "The branch '" + note.branch() + "' is at " + note.before("sha") + " again" + kept;
        List<String> refused = new ArrayList<>();
        for (int number : closed) {
            try {
                this.site.client().change(() -> {
                    repository.getPullRequest(number).reopen();
                    return number;
                });
            } catch (GitHubException ex) {
                if (ex.status() != UNPROCESSABLE) {
                    throw ex;
                }
                refused.add("#" + number + " (" + ex.getMessage() + ")");
            }
        }
        if (!refused.isEmpty()) {
            return StepRestoration.of(
                    record,
                    Restoration.PENDING,
                    back + ", but pull requests can't be opened again yet: " + String.join(", ", refused)
                            + ". GitHub takes some minutes to notice a branch that came back; try again then");
        }
        List<Integer> left = closed(note);
        if (!left.isEmpty()) {
            return Answers.failed(record, back + ", but the pull requests " + left + " are not open. Try again");
        }
        return Answers.restored(
                record, back + (closed.isEmpty() ? "" : ", and the pull requests " + closed + " are open"));
    }

    /** Making the branch again, told as a step: its undo deletes the branch. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Note note = Note.of(record);
        if (tip(note) != null) {
            return null;
        }
        return new StepReversal(
                GitHubOperation.CREATE_BRANCH.id(),
                Map.of(
                        "repo",
                        note.repository().toString(),
                        "branch",
                        note.branch().text()),
                GitHubOperation.CREATE_BRANCH.reversibility(),
                this.site.capture(Map.of("pulls", pulls(note)), Map.of("sha", note.before("sha"))));
    }

    private @Nullable String tip(Note note) {
        return this.site.client().references().head(note.repository(), note.branch());
    }

    /** Those that were open before, and neither are nor were merged. */
    private List<Integer> closed(Note note) {
        List<Integer> closed = new ArrayList<>();
        for (int number : pulls(note)) {
            JsonNode pull = this.threads.pull(note.repository(), number);
            if (pull != null && !Threads.isOpen(pull) && !Threads.isMerged(pull)) {
                closed.add(number);
            }
        }
        return closed;
    }

    private static List<Integer> pulls(Note note) {
        List<Integer> pulls = new ArrayList<>();
        if (note.record().before().values().get("pulls") instanceof List<?> numbers) {
            for (Object number : numbers) {
                if (number instanceof Number value) {
                    pulls.add(value.intValue());
                }
            }
        }
        return pulls;
    }

    private static StepRestoration others(UndoRecord record, Note note) {
        return Answers.already(
                record,
                "The step did not delete the branch '" + note.branch() + "'; somebody else did, so it stays gone");
    }

    private static StepRestoration already(UndoRecord record, Note note) {
        return Answers.already(record, "The branch '" + note.branch() + "' is at " + note.before("sha") + " already");
    }

    private static StepRestoration other(UndoRecord record, Note note, String tip) {
        return Answers.conflict(
                record,
                "The branch '" + note.branch() + "' was at " + note.before("sha")
                        + " when it was deleted, and somebody made one at " + tip
                        + " since. It was not touched; look at it, then skip this step or force it");
    }
}
