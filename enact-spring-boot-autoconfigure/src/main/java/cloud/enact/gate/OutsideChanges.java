package cloud.enact.gate;

import cloud.enact.undo.StepOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a call that is carried out elsewhere is about to change here, so that it can be captured before the call
 * is let through. Asked by one thread.
 */
public interface OutsideChanges {

    /**
     * Looks; asked for a call that policies let through, just before it is.
     *
     * @throws RuntimeException when nobody can tell; the call is not let through then
     */
    Found find();

    /** Whether the call is let through when a part of what it changes is not covered. */
    boolean mayBeUncovered();

    /**
     * Something was told of the call that bears on what it left; comes before its outcome, if at all. Whoever tells it
     * may lie: believe it only where it speaks against undoing.
     */
    default void told(Told told) {}

    /**
     * What was told of a call.
     *
     * @param made whether it was made at all
     * @param successful whether it did what it should
     * @param goesOn whether it changes something later than now
     * @param original what it found in a file before it changed that, or {@code null} where nothing is told
     */
    record Told(
            boolean made,
            boolean successful,
            boolean goesOn,
            @Nullable String original) {

        /** Content of files does not belong into logs. */
        @Override
        public String toString() {
            return "Told[]";
        }
    }

    /**
     * What the call changes.
     *
     * @param steps changes whose {@linkplain StepOperation#apply application} looks at what the call left
     * @param uncovered what else it changes, or may change, and why that can't be undone
     */
    record Found(List<StepOperation> steps, List<Uncovered> uncovered) {

        public Found {
            steps = List.copyOf(steps);
            uncovered = List.copyOf(uncovered);
        }
    }

    /**
     * A change that can't be undone.
     *
     * @param what a path, or another word for it
     * @param why the end of a sentence
     * @param expected whether that holds for every such call, so that it is no reason to stop it
     */
    record Uncovered(String what, String why, boolean expected) {}
}
