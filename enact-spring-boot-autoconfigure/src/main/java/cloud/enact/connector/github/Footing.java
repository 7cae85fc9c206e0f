package cloud.enact.connector.github;

import cloud.enact.undo.UndoRecord;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a step was built on.
 *
 * @param newer the step
 */
record Footing(UndoRecord newer) {

    /** What they say or show stays true, whatever becomes of what it is on. */
    private static final Set<String> REMARKS = Set.of(
            GitHubOperation.COMMENT.id(),
            DeletedCommentUndo.DELETE_COMMENT,
            GitHubOperation.ADD_LABEL.id(),
            LabelUndo.REMOVE_LABEL);

    /** Whether there is a branch at all. */
    private static final Set<String> EXISTENCE =
            Set.of(GitHubOperation.CREATE_BRANCH.id(), GitHubOperation.DELETE_BRANCH.id());

    static Footing of(UndoRecord newer) {
        return new Footing(newer);
    }

    /** Whether the step can't stay as it is when an older one is undone. */
    boolean standsOn(UndoRecord older) {
        if (!repository(this.newer).equalsIgnoreCase(repository(older))
                || REMARKS.contains(this.newer.operation())
                || REMARKS.contains(older.operation())) {
            return false;
        }
        Integer number = number(this.newer);
        if (number != null && number.equals(number(older))) {
            return true;
        }
        // what a commit changed can be taken out from under later commits
        boolean existence = EXISTENCE.contains(this.newer.operation()) || EXISTENCE.contains(older.operation());
        return existence
                && branches(this.newer).anyMatch(branch -> branches(older).anyMatch(branch::equals));
    }

    private static String repository(UndoRecord record) {
        return String.valueOf(record.args().get("repo"));
    }

    private static @Nullable Integer number(UndoRecord record) {
        Object number = (record.args().get("number") != null)
                ? record.args().get("number")
                : record.fingerprint().values().get("number");
        return (number instanceof Number value) ? Integer.valueOf(value.intValue()) : null;
    }

    /** Branches it made, moved, or needs. Where a branch started from need not stay. */
    private static Stream<Object> branches(UndoRecord record) {
        return Stream.of("branch", "head", "base").map(record.args()::get).filter(Objects::nonNull);
    }
}
