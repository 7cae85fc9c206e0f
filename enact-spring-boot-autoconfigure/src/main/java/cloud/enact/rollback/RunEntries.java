package cloud.enact.rollback;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks what concerns one run out of whole logs, entry by entry. Goes by what the signed bytes say: what a store finds
 * by its own columns can be hidden by whoever writes its file. For one thread.
 */
final class RunEntries {

    private final RunId runId;

    private final List<Found<RunAction.Told>> ofActions = new ArrayList<>();

    private final Set<RunId> family;

    private final List<Found<EarlierRollback>> rollbacks = new ArrayList<>();

    /** The run each rollback of the store is one of, but for refused ones. */
    private final Map<RunId, RunId> originals = new HashMap<>();

    private final RollbackRun.Told own = new RollbackRun.Told();

    private final Set<String> logs = new HashSet<>();

    private final Map<String, Long> ends = new HashMap<>();

    private boolean known;

    /**
     * Picks what concerns a run.
     *
     * @param family the run, and rollbacks that are undone by others
     */
    RunEntries(RunId runId, Set<RunId> family) {
        this.runId = runId;
        this.family = family;
    }

    /** Takes the entries of one log, in its order. */
    Consumer<Receipt> ofLog(String log) {
        return new OfLog(log);
    }

    /** Whether any entry that could be read in that log says that it is of the run, or of a rollback of it. */
    boolean stoodIn(String log) {
        return this.logs.contains(log);
    }

    /** The last place in each log. */
    Map<String, Long> ends() {
        return Map.copyOf(this.ends);
    }

    /** Whether there is any entry of the run. */
    boolean known() {
        return this.known;
    }

    /** What the run's receipts say of it when it is itself a rollback. */
    RollbackRun.Told own() {
        return this.own;
    }

    /** The run that this one is a rollback of, or a rollback of a rollback of; the run itself when it is none. */
    RunId root() {
        RunId root = this.runId;
        Set<RunId> seen = new HashSet<>();
        while (seen.add(root)) {
            RunId original = root.equals(this.runId) ? this.own.original() : this.originals.get(root);
            if (original == null) {
                return root;
            }
            root = original;
        }
        throw new RefusedException("Its receipts say that it is a rollback of itself.");
    }

    /** The run and its rollbacks, and their rollbacks, as far as there are any. */
    Set<RunId> wholeFamily() {
        Map<RunId, List<RunId>> rollbacksOf = new HashMap<>();
        this.originals.forEach((rollback, original) ->
                rollbacksOf.computeIfAbsent(original, id -> new ArrayList<>()).add(rollback));
        Set<RunId> whole = new HashSet<>();
        List<RunId> level = List.of(this.runId);
        while (!level.isEmpty()) {
            List<RunId> next = new ArrayList<>();
            for (RunId member : level) {
                if (rollbacksOf.containsKey(member) && whole.add(member)) {
                    next.addAll(rollbacksOf.get(member));
                }
            }
            level = next;
        }
        whole.add(this.runId);
        return whole;
    }

    /** Decisions of the run that let their action run, and how actions ended, oldest first. */
    List<RunAction.Told> ofActions() {
        return inOrder(this.ofActions, Comparator.naturalOrder());
    }

    /**
     * Rollbacks that were not refused, newest first, by the member of the family they are rollbacks of: one element for
     * the start and one for the end.
     */
    Map<RunId, List<EarlierRollback>> rollbacks() {
        List<Found<EarlierRollback>> newestFirst = new ArrayList<>(this.rollbacks);
        Collections.reverse(newestFirst);
        return inOrder(newestFirst, Comparator.reverseOrder()).stream()
                .collect(Collectors.groupingBy(EarlierRollback::original));
    }

    private static <T> List<T> inOrder(List<Found<T>> found, Comparator<Instant> order) {
        // stable, and time never goes back within a log: entries of one log keep their order
        return found.stream()
                .sorted(Comparator.comparing(Found::at, order))
                .map(Found::what)
                .toList();
    }

    /** Also of what ran without having been let through. */
    private static boolean settles(ReceiptKind kind) {
        return kind == ReceiptKind.COMPLETED || kind == ReceiptKind.RECONCILED || kind == ReceiptKind.GAP;
    }

    private void requireRoom() {
        if (this.ofActions.size() + this.rollbacks.size() >= ReceiptStore.MAX_RUN) {
            throw new RefusedException("It has more than " + ReceiptStore.MAX_RUN
                    + " receipts that a rollback needs, which is more than it can look at.");
        }
    }

    private record Found<T>(Instant at, T what) {}

    private final class OfLog implements Consumer<Receipt> {

        private final String log;

        /** Newest time seen: clocks are put back, and what was appended later is later all the same. */
        private Instant latest = Instant.MIN;

        private OfLog(String log) {
            this.log = log;
        }

        @Override
        public void accept(Receipt entry) {
            RunEntries.this.ends.put(this.log, entry.seq());
            boolean ofRun = entry.runId().equals(RunEntries.this.runId);
            RunId original = entry.originalRunId();
            boolean ofRollback = original != null && RunEntries.this.family.contains(original);
            if (ofRun || ofRollback) {
                // a damaged entry counts, too: its columns may have been changed to hide it
                RunEntries.this.logs.add(this.log);
            }
            if (entry.damage() != null) {
                return;
            }
            if (entry.timestamp().isAfter(this.latest)) {
                this.latest = entry.timestamp();
            }
            if (ofRun) {
                RunEntries.this.known = true;
                if (original != null) {
                    RunEntries.this.own.add(original, entry);
                }
                // what was not let through did nothing, and an agent can ask for it as often as it likes
                if (entry.letsRun() || settles(entry.kind())) {
                    requireRoom();
                    RunEntries.this.ofActions.add(new Found<>(this.latest, RunAction.Told.of(entry)));
                }
            }
            // a refusal touched nothing, and whoever can call often can make many
            if (original != null && !RollbackResult.REFUSED.name().equals(entry.decision())) {
                RunEntries.this.originals.put(entry.runId(), original);
                if (ofRollback) {
                    requireRoom();
                    RunEntries.this.rollbacks.add(new Found<>(this.latest, EarlierRollback.of(original, entry)));
                }
            }
        }
    }

    /**
     * The start or the end of a rollback, as its receipt tells it.
     *
     * @param original the run it is a rollback of
     * @param rollback the rollback's own run
     * @param ended whether this is the end
     * @param result what came of it
     * @param settled steps for which it left nothing to do
     */
    record EarlierRollback(
            RunId original,
            RunId rollback,
            boolean ended,
            @Nullable String result,
            List<ReversedStep> settled) {

        private static EarlierRollback of(RunId original, Receipt receipt) {
            boolean ended = receipt.kind() == ReceiptKind.ROLLED_BACK;
            List<ReversedStep> settled = new ArrayList<>();
            if (ended && receipt.fields().get("actions_reversed") instanceof List<?> reversed) {
                for (Object element : reversed) {
                    ReversedStep step = ReversedStep.read(element);
                    if (step != null && step.isFinal()) {
                        settled.add(step);
                    }
                }
            }
            return new EarlierRollback(original, receipt.runId(), ended, receipt.decision(), settled);
        }
    }
}
