package cloud.enact.rollback;

import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds steps that a request leaves as they are although they were built on steps that it undoes. */
final class Dependants {

    /** Positions that a message names. */
    private static final int NAMED_AT_MOST = 20;

    private Dependants() {}

    /**
     * Says which steps the request has to include.
     *
     * @param undone the steps that would change something, newest first
     * @param leftOut the steps that are left out on request, newest first
     * @return sentences, or {@code null} when none is missing
     */
    static @Nullable String missing(List<UndoRecord> undone, List<UndoRecord> leftOut, Precheck connectors) {
        if (leftOut.isEmpty() || undone.isEmpty()) {
            return null;
        }
        Map<String, List<UndoRecord>> byConnector =
                undone.stream().collect(Collectors.groupingBy(UndoRecord::connector));
        List<Long> missing = new ArrayList<>();
        UndoRecord first = null;
        UndoRecord base = null;
        for (UndoRecord record : leftOut) {
            UndoRecord older = base(record, byConnector.getOrDefault(record.connector(), List.of()), connectors);
            if (older != null) {
                missing.add(record.position());
                first = (first != null) ? first : record;
                base = (base != null) ? base : older;
            }
        }
        return (first != null && base != null) ? sentence(missing, first, base) : null;
    }

    private static @Nullable UndoRecord base(UndoRecord newer, List<UndoRecord> undone, Precheck connectors) {
        for (UndoRecord older : undone) {
            if (older.position() < newer.position() && connectors.dependsOn(newer, older)) {
                return older;
            }
        }
        return null;
    }

    private static String sentence(List<Long> missing, UndoRecord newer, UndoRecord older) {
        String named =
                missing.stream().limit(NAMED_AT_MOST).map(String::valueOf).collect(Collectors.joining(", "));
        int more = missing.size() - NAMED_AT_MOST;
        return "Step " + newer.position() + " (" + newer.action() + ") was built on step " + older.position() + " ("
                + older.action() + ") and would be left without it. Undo these, too: " + named
                + ((more > 0) ? " and " + more + " more" : "") + ". Or leave out what they were built on.";
    }
}
