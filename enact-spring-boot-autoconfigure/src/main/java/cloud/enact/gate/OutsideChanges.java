package cloud.enact.gate;

import cloud.enact.undo.StepOperation;
import java.util.List;

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
