package cloud.enact.connector.filesystem;

import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step remembers about itself in the undo log.
 *
 * @param root the root it worked under
 * @param changes one per path it changes: one, or for a move two, source first
 */
record StepMemo(String root, List<Change> changes) {

    StepMemo {
        changes = List.copyOf(changes);
    }

    /**
     * What happens to one path.
     *
     * @param path the path
     * @param before what was there
     * @param after what the step leaves there
     * @param around the directories it is in
     * @param on digest of what it was made on, when that is not what was there before, as somebody says; or {@code null}
     */
    record Change(
            JailPath path,
            Node before,
            Node after,
            Surroundings around,
            @Nullable String on) {

        Change(JailPath path, Node before, Node after, Surroundings around) {
            this(path, before, after, around, null);
        }

        /** The same, with another outcome. */
        Change leaving(Node left) {
            return new Change(this.path, this.before, left, this.around, this.on);
        }

        /** Whether the step is known to have left the path alone: what somebody does to it is none of its business. */
        boolean isNothing() {
            return this.before.equals(this.after);
        }
    }

    /**
     * The directories a path is in.
     *
     * @param modes modes of those that were there, from below the root downwards
     * @param modified time of the deepest of them before the step
     * @param modifiedAfter the same after the step, or {@code null} when the step didn't end
     * @param mark what the directories the step makes are marked with; empty when it makes none
     * @param created identities of those the step made, by their path relative to the root; while the step has not
     *     ended, of those it was going to make
     */
    record Surroundings(
            List<String> modes,
            String modified,
            @Nullable String modifiedAfter,
            String mark,
            Map<String, String> created) {

        Surroundings {
            modes = List.copyOf(modes);
            created = Map.copyOf(created);
        }

        /** How many of the directories above the path were there before. */
        int depth() {
            return this.modes.size();
        }
    }

    /** The part that is known before the change: what is there, and what will be. */
    PreState before() {
        List<Map<String, @Nullable Object>> states = new ArrayList<>();
        for (Change change : this.changes) {
            Map<String, @Nullable Object> state =
                    new LinkedHashMap<>(change.before().values());
            state.put("path", change.path().text());
            state.put("parent_modes", change.around().modes());
            state.put("parent_modified", change.around().modified());
            if (!change.around().mark().isEmpty()) {
                state.put("mark", change.around().mark());
            }
            states.add(state);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("root", this.root);
        values.put("states", states);
        return new PreState(values);
    }

    /** What is there now at the paths themselves, whatever is around them. */
    List<Map<String, @Nullable Object>> found() {
        List<Map<String, @Nullable Object>> states = new ArrayList<>();
        for (Change change : this.changes) {
            Map<String, @Nullable Object> state =
                    new LinkedHashMap<>(change.before().values());
            state.put("path", change.path().text());
            states.add(state);
        }
        return states;
    }

    /** What the step leaves behind. */
    Fingerprint after() {
        List<Map<String, @Nullable Object>> states = new ArrayList<>();
        for (Change change : this.changes) {
            Map<String, @Nullable Object> state =
                    new LinkedHashMap<>(change.after().values());
            state.put("path", change.path().text());
            if (change.on() != null) {
                state.put("on", change.on());
            }
            if (change.around().modifiedAfter() != null) {
                state.put("parent_modified", change.around().modifiedAfter());
                state.put("created", change.around().created());
            }
            states.add(state);
        }
        return new Fingerprint(Map.of("states", states));
    }

    /** What a step leaves behind that fails before it changes anything. */
    Fingerprint nothingDone() {
        List<Change> nothing = new ArrayList<>();
        this.changes.forEach(
                change -> nothing.add(new Change(change.path(), change.before(), change.before(), change.around())));
        return new StepMemo(this.root, nothing).after();
    }

    /** Whether the step is known to have done nothing. */
    boolean isNothing() {
        return this.changes.stream().allMatch(Change::isNothing);
    }

    /** The root a record was made under, as it stands there. */
    static String rootOf(UndoRecord record) {
        return Node.text(record.before().values(), "root");
    }

    /** The paths a record speaks of, unchecked. */
    static List<String> pathsOf(UndoRecord record) {
        return list(record.before().values().get("states")).stream()
                .map(state -> Node.text(map(state), "path"))
                .toList();
    }

    /**
     * Reads a record; its paths are checked as any other.
     *
     * @throws IllegalArgumentException when it is not a record of this connector
     */
    static StepMemo read(UndoRecord record, Jail jail) {
        List<?> before = list(record.before().values().get("states"));
        List<?> after = list(record.fingerprint().values().get("states"));
        if (before.isEmpty() || before.size() > 2 || before.size() != after.size()) {
            throw new IllegalArgumentException("The record is not one of the filesystem connector");
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            changes.add(change(map(before.get(i)), map(after.get(i)), jail));
        }
        return new StepMemo(rootOf(record), changes);
    }

    private static Change change(Map<?, ?> before, Map<?, ?> after, Jail jail) {
        String text = Node.text(before, "path");
        JailPath path = jail.parse(text);
        if (path.isRoot() || !text.equals(Node.text(after, "path"))) {
            throw new IllegalArgumentException("The record is not one of the filesystem connector");
        }
        List<String> modes = new ArrayList<>();
        for (Object mode : list(before.get("parent_modes"))) {
            modes.add(String.valueOf(mode));
        }
        if (modes.size() >= path.names().size()) {
            throw new IllegalArgumentException("The record is not one of the filesystem connector");
        }
        String mark = (before.get("mark") instanceof String recorded) ? recorded : "";
        Map<String, String> created = new HashMap<>();
        String modifiedAfter = null;
        if (after.get("created") instanceof Map<?, ?> made) {
            made.forEach((directory, id) -> created.put(String.valueOf(directory), String.valueOf(id)));
            modifiedAfter = Node.text(after, "parent_modified");
        } else {
            for (JailPath parent = path.parent(); parent.names().size() > modes.size(); parent = parent.parent()) {
                created.put(parent.text(), mark);
            }
        }
        return new Change(
                path,
                Node.from(before),
                Node.from(after),
                new Surroundings(modes, Node.text(before, "parent_modified"), modifiedAfter, mark, created),
                (after.get("on") instanceof String on) ? on : null);
    }

    private static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("The record is not one of the filesystem connector");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("The record is not one of the filesystem connector");
    }
}
