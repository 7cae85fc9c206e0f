package cloud.enact.connector.github;

import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import tools.jackson.databind.JsonNode;

/** Deletes a branch that was made, if it still is as it was made and nobody's pull request needs it. */
final class CreatedBranchUndo implements OperationUndo {

    private final GitHubSite site;

    private final Threads threads;

    CreatedBranchUndo(GitHubSite site) {
        this.site = site;
        this.threads = new Threads(site.client());
    }

    @Override
    public StepRestoration foresee(UndoRecord record, Planned planned) {
        Note note = Note.of(record);
        String tip = tip(note);
        if (tip == null) {
            return planned.deleted(note.repository(), note.branch())
                    ? Answers.restored(record, "The branch '" + note.branch() + "' is going to be deleted again")
                    : gone(record, note);
        }
        if (!tip.equals(note.after("sha"))
                && !planned.leaves(note.repository(), note.branch(), tip)
                && !isOnlyOurs(note, tipThen(note, planned, tip))) {
            return moved(record, note, tip);
        }
        List<Integer> needing = needing(note, planned);
        return needing.isEmpty()
                ? Answers.restored(record, "The branch '" + note.branch() + "' is going to be deleted")
                : needed(record, note, needing);
    }

    @Override
    public StepRestoration undo(UndoRecord record, Planned planned, boolean force) {
        Note note = Note.of(record);
        String tip = tip(note);
        if (tip == null) {
            return gone(record, note);
        }
        boolean ours = !tip.equals(note.after("sha")) && isOnlyOurs(note, tip);
        if (!tip.equals(note.after("sha")) && !ours && !force) {
            return moved(record, note, tip);
        }
        List<Integer> needing = force ? List.of() : needing(note, planned);
        if (!needing.isEmpty()) {
            return needed(record, note, needing);
        }
        GHRepository repository = this.site.client().repository(note.repository());
        List<RefUpdate> updates =
                new ArrayList<>(List.of(RefUpdate.delete(note.branch().ref(), tip)));
        String kept = "";
        if (!tip.equals(note.after("sha"))) {
            // what was pushed to it stays reachable, whether others did that or the run
            String pin = Pin.ref(UUID.randomUUID().toString());
            updates.add(RefUpdate.create(pin, tip));
            kept = "; the commits " + (ours ? "pushed to it" : "others had pushed to it") + " are kept as " + pin;
        }
        RefsResult result = this.site.client().updateRefs(repository, updates);
        return switch (result.outcome()) {
            case MOVED -> readBack(record, note, kept);
            case STALE -> moved(record, note, String.valueOf(tip(note)));
            case PROTECTED, REFUSED ->
                Answers.failed(
                        record,
                        "The branch '" + note.branch() + "' was not deleted. GitHub said: " + result.message()
                                + ". Settle that, then try again");
        };
    }

    private StepRestoration readBack(UndoRecord record, Note note, String kept) {
        String tip = tip(note);
        return (tip == null)
                ? Answers.restored(record, "The branch '" + note.branch() + "' is deleted" + kept)
                : Answers.conflict(
                        record,
                        "The branch '" + note.branch() + "' was deleted, and made again by somebody at " + tip
                                + ". Look at it, then skip this step");
    }

    /** Deleting the branch, told as a step: its undo makes the branch again. */
    @Override
    public @Nullable StepReversal reversal(UndoRecord record) {
        Note note = Note.of(record);
        String tip = tip(note);
        if (tip == null) {
            return null;
        }
        return new StepReversal(
                GitHubOperation.DELETE_BRANCH.id(),
                Map.of(
                        "repo",
                        note.repository().toString(),
                        "branch",
                        note.branch().text()),
                GitHubOperation.DELETE_BRANCH.reversibility(),
                this.site.capture(Map.of("sha", tip, "pulls", expected(record)), Map.of("sha", RefUpdate.NOTHING)));
    }

    private @Nullable String tip(Note note) {
        return this.site.client().references().head(note.repository(), note.branch());
    }

    /** Open pull requests that deleting the branch would close, and that are not undone themselves. */
    private List<Integer> needing(Note note, Planned planned) {
        Set<Integer> opened = planned.opened(note.repository());
        List<Object> expected = expected(note.record());
        return this.threads.openPulls(note.repository(), note.branch()).stream()
                .map((JsonNode pull) -> pull.path("number").asInt(0))
                .filter(number -> !opened.contains(number) && !expected.contains((long) number))
                .toList();
    }

    /** Pull requests that were closed with the branch when it was deleted before. */
    private static List<Object> expected(UndoRecord record) {
        return (record.before().values().get("pulls") instanceof List<?> pulls)
                ? pulls.stream().map(Objects::requireNonNull).collect(Collectors.toList())
                : List.of();
    }

    /** Where the branch will be; a rule keeps what takes a push back away from it. */
    private String tipThen(Note note, Planned planned, String tip) {
        GitData git = new GitData(this.site.client(), note.repository());
        String then = planned.heads().of(git, note.branch());
        return (then == null || then.equals(tip) || git.isProtected(note.branch())) ? tip : then;
    }

    /** Whether the branch holds what it did when it was made, after pushes of steps that were taken back. */
    private boolean isOnlyOurs(Note note, String tip) {
        GitData git = new GitData(this.site.client(), note.repository());
        return OwnCommits.areAllBetween(git, note.after("sha"), tip);
    }

    private static StepRestoration gone(UndoRecord record, Note note) {
        return Answers.already(record, "There is no branch '" + note.branch() + "'");
    }

    private static StepRestoration moved(UndoRecord record, Note note, String tip) {
        return Answers.conflict(
                record,
                "The branch '" + note.branch() + "' was made at " + note.after("sha") + ", and is at " + tip
                        + " now: somebody worked on it. It was not deleted; look at it, then skip this step or force it");
    }

    private static StepRestoration needed(UndoRecord record, Note note, List<Integer> needing) {
        return Answers.conflict(
                record,
                "Deleting the branch '" + note.branch() + "' would close the pull requests " + needing
                        + ". It was not deleted; look at them, then skip this step or force it");
    }
}
