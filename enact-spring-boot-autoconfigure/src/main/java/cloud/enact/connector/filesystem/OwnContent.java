package cloud.enact.connector.filesystem;

import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What overlapping changes of one run left in files. One of them may be made on what another one left after the first
 * was captured; what somebody says of that counts only where it leads back to what was captured.
 */
final class OwnContent {

    /** No more than so many steps are looked through for those that were made at the same time. */
    private static final int MOST_OVERLAPPING = 10_000;

    private final Map<String, Map<String, Node.File>> byPath = new HashMap<>();

    /** Finds it in steps of one run. */
    OwnContent(List<StepMemo> memos) {
        Set<String> overlapping = new HashSet<>();
        for (StepMemo memo : memos) {
            memo.changes().stream()
                    .filter(change -> change.on() != null)
                    .forEach(change -> overlapping.add(change.path().text()));
        }
        Map<String, List<StepMemo.Change>> changes = new HashMap<>();
        for (StepMemo memo : memos) {
            for (StepMemo.Change change : memo.changes()) {
                if (overlapping.contains(change.path().text())) {
                    changes.computeIfAbsent(change.path().text(), path -> new ArrayList<>())
                            .add(change);
                }
            }
        }
        changes.forEach((path, all) -> this.byPath.put(path, grounded(all)));
    }

    /**
     * Finds it in steps that are going to be undone.
     *
     * @param memo one of them; only what is at its paths is read
     * @param reader reads a record, or returns {@code null} for what is not one
     */
    static OwnContent beside(StepMemo memo, List<UndoRecord> planned, Function<UndoRecord, @Nullable StepMemo> reader) {
        List<String> paths =
                memo.changes().stream().map(change -> change.path().text()).toList();
        List<StepMemo> memos = new ArrayList<>();
        for (UndoRecord each : planned.subList(0, Math.min(planned.size(), MOST_OVERLAPPING))) {
            StepMemo other = isAtAny(each, paths) ? reader.apply(each) : null;
            if (other != null) {
                memos.add(other);
            }
        }
        return new OwnContent(memos);
    }

    private static boolean isAtAny(UndoRecord record, List<String> paths) {
        try {
            return StepMemo.pathsOf(record).stream().anyMatch(paths::contains);
        } catch (IllegalArgumentException ex) {
            // not one of this connector
            return false;
        }
    }

    /** A step with what it left, as far as that holds beside steps that were made at the same time. */
    static StepMemo told(StepMemo memo, Verdicts judge, Supplier<OwnContent> own) throws IOException {
        if (memo.changes().size() != 1) {
            return memo;
        }
        StepMemo.Change change = memo.changes().get(0);
        if (change.on() == null && judge.of(change).state() != Verdicts.State.OTHER) {
            return memo;
        }
        OwnContent content = own.get();
        StepMemo.Change believed = content.believed(change);
        if (content.overlap(change) && judge.of(believed).state() == Verdicts.State.OTHER) {
            StepMemo.Change other = content.leaving(believed, judge.file(believed));
            believed = (other != null) ? other : believed;
        }
        return new StepMemo(memo.root(), List.of(believed));
    }

    private static Map<String, Node.File> grounded(List<StepMemo.Change> changes) {
        Map<String, List<Node.File>> madeOn = new HashMap<>();
        Deque<Node.File> next = new ArrayDeque<>();
        for (StepMemo.Change change : changes) {
            if (change.after() instanceof Node.File left) {
                if (change.on() == null) {
                    next.add(left);
                } else {
                    madeOn.computeIfAbsent(change.on(), on -> new ArrayList<>()).add(left);
                }
            }
        }
        Map<String, Node.File> grounded = new HashMap<>();
        while (!next.isEmpty()) {
            Node.File left = next.remove();
            if (grounded.putIfAbsent(left.sha256(), left) == null) {
                next.addAll(madeOn.getOrDefault(left.sha256(), List.of()));
            }
        }
        return grounded;
    }

    /** The change, of which nobody knows what it left when it was made on the work of others. */
    private StepMemo.Change believed(StepMemo.Change change) {
        boolean own = change.on() == null || of(change).containsKey(change.on());
        return own ? change : change.leaving(new Node.Unknown());
    }

    /** Whether changes overlap at the path of this one. */
    private boolean overlap(StepMemo.Change change) {
        return this.byPath.containsKey(change.path().text());
    }

    /** The change, as if it had left what is there, when the run left that; {@code null} when it did not. */
    private StepMemo.@Nullable Change leaving(StepMemo.Change change, @Nullable Node there) {
        Node.File left = (there instanceof Node.File file) ? of(change).get(file.sha256()) : null;
        return (left != null && there != null && there.matches(left)) ? change.leaving(left) : null;
    }

    private Map<String, Node.File> of(StepMemo.Change change) {
        return this.byPath.getOrDefault(change.path().text(), Map.of());
    }
}
