package cloud.enact.rollback;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A real, if small, system: text under keys, where a key that is not there has no value. */
final class KeyValues implements StepUndo {

    private final String name;

    private final Map<String, String> values = new TreeMap<>();

    /** Keys that can't be written at the moment. */
    final Set<String> broken = new HashSet<>();

    /** Keys that can't even be looked at. */
    final Set<String> hidden = new HashSet<>();

    /** Whether somebody approves what was proposed. */
    boolean approving;

    /** Whether nothing can be reached. */
    boolean down;

    /** Keys whose undoing can't be taken back. */
    final Set<String> forgetful = new HashSet<>();

    /** What undo was called for, in order. */
    final List<Long> touched = new ArrayList<>();

    /** Runs before each undo. */
    Runnable beforeUndo = () -> {};

    KeyValues(String name) {
        this.name = name;
    }

    Map<String, String> values() {
        return this.values;
    }

    void put(String key, @Nullable String value) {
        if (value == null) {
            this.values.remove(key);
        } else {
            this.values.put(key, value);
        }
    }

    Capture capture(String key, @Nullable String next) {
        return new Capture(new PreState(state(this.values.get(key))), new Fingerprint(state(next)));
    }

    private static Map<String, @Nullable Object> state(@Nullable String value) {
        Map<String, @Nullable Object> state = new HashMap<>();
        state.put("value", value);
        return state;
    }

    @Override
    public String connector() {
        return this.name;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        requireUp();
        Map<String, @Nullable String> undone = new HashMap<>();
        List<StepRestoration> answers = new ArrayList<>();
        for (UndoRecord record : newestFirst) {
            String key = key(record);
            if (this.hidden.contains(key)) {
                throw new IllegalStateException("the value of secret-argument can't be read");
            }
            answers.add(judge(record, undone.containsKey(key) ? undone.get(key) : this.values.get(key)));
            undone.put(key, value(record.before().values()));
        }
        return answers;
    }

    private void requireUp() {
        if (this.down) {
            throw new IllegalStateException("The system with token secret-argument can't be reached");
        }
    }

    private StepRestoration judge(UndoRecord record, @Nullable String current) {
        if (record.operation().equals("send")) {
            return answer(record, Restoration.IRREVERSIBLE, "It was sent. Call them.");
        }
        if (record.operation().equals("propose") && !this.approving) {
            return answer(record, Restoration.PENDING, "Somebody has to approve it.");
        }
        if (record.operation().equals("lock")) {
            return answer(record, Restoration.FAILED, "It is locked.");
        }
        if (Objects.equals(current, value(record.before().values()))) {
            return answer(record, Restoration.ALREADY_RESTORED, "The old value is there.");
        }
        if (Objects.equals(current, value(record.fingerprint().values()))) {
            return answer(record, Restoration.RESTORED, "The old value is back.");
        }
        return answer(record, Restoration.CONFLICT, "Somebody changed the value since.");
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        this.beforeUndo.run();
        requireUp();
        this.touched.add(record.position());
        if (this.broken.contains(key(record))) {
            throw new IllegalStateException("the key secret-argument can't be written");
        }
        StepRestoration judged = judge(record, this.values.get(key(record)));
        boolean forced = force && judged.restoration() == Restoration.CONFLICT;
        if (judged.restoration() != Restoration.RESTORED && !forced) {
            return judged;
        }
        put(key(record), value(record.before().values()));
        return answer(record, Restoration.RESTORED, "The old value of '" + key(record) + "' is back.");
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
        String key = key(record);
        return record.operation().endsWith("put") && !this.forgetful.contains(key)
                ? new StepReversal(
                        record.operation().equals("put") ? "unput" : "put",
                        Map.of("key", key),
                        Reversibility.REVERSIBLE,
                        capture(key, value(record.before().values())))
                : null;
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        return key(newer).equals(key(older));
    }

    private static StepRestoration answer(UndoRecord record, Restoration restoration, String detail) {
        return new StepRestoration(record.position(), record.action(), restoration, detail);
    }

    private static String key(UndoRecord record) {
        return (String) Objects.requireNonNull(record.args().get("key"));
    }

    private static @Nullable String value(Map<String, @Nullable Object> state) {
        return (String) state.get("value");
    }
}
