package cloud.enact.connector.github;

import cloud.enact.undo.UndoRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step noted in the undo log. Whatever is not as this connector writes it is an
 * {@link IllegalArgumentException}.
 *
 * @param record the whole record
 */
record Note(UndoRecord record) {

    static Note of(UndoRecord record) {
        return new Note(record);
    }

    RepositoryName repository() {
        return RepositoryName.of(text(this.record.args(), "repo"));
    }

    boolean is(RepositoryName repository) {
        return repository
                .toString()
                .equalsIgnoreCase(String.valueOf(this.record.args().get("repo")));
    }

    BranchName branch() {
        return new BranchName(text(this.record.args(), "branch"));
    }

    /** An argument of the step. */
    String argument(String name) {
        return text(this.record.args(), name);
    }

    int number() {
        return number(this.record.args(), "number");
    }

    /** What was there before. */
    String before(String name) {
        return text(this.record.before().values(), name);
    }

    /** What the step left, as expected or found. */
    String after(String name) {
        return text(this.record.fingerprint().values(), name);
    }

    /** Whether something is known of what the step left. */
    boolean hasAfter(String name) {
        return this.record.fingerprint().values().get(name) != null;
    }

    int afterNumber(String name) {
        return number(this.record.fingerprint().values(), name);
    }

    /** Whether the step is known to have changed something. */
    boolean isDone() {
        return this.record.state() == UndoRecord.State.DONE;
    }

    /** Whether the step was refused before it changed anything. */
    boolean leftNothing() {
        return this.record.fingerprint().equals(GitHubStep.NOTHING);
    }

    private static String text(Map<String, @Nullable Object> values, String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("its record has no '" + name + "'");
    }

    private static int number(Map<String, @Nullable Object> values, String name) {
        if (values.get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("its record has no '" + name + "'");
    }
}
