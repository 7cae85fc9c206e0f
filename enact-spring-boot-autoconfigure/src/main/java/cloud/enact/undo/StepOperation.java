package cloud.enact.undo;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Reversibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connector operation, prepared but not yet done. Used once, by one thread.
 *
 * <ol>
 *   <li>{@link #capture} changes nothing that anybody else sees in the target system, and what it captured is durable
 *       when it returns.
 *   <li>{@link #apply} is called at most once, after {@link #capture}, and leaves either the old or the new state at
 *       any crash.
 *   <li>The expected fingerprint is known before the change, so that a crash in between can be resolved by looking.
 *   <li>{@link #release} is called once, whatever came of the step.
 * </ol>
 */
public interface StepOperation {

    /** Name of the connector instance, first part of the action's name, such as {@code filesystem}. */
    String connector();

    /** Name of the operation, such as {@code write_file}. */
    String operation();

    /** Arguments as policies see them, resolved (a path is absolute). */
    Map<String, @Nullable Object> args();

    /** What undo needs of the arguments; content that was written is not part of it. */
    Map<String, @Nullable Object> undoArgs();

    Reversibility reversibility();

    /** Name of the connector that can undo it, under which the undo log keeps it. */
    default String undoneBy() {
        return connector();
    }

    /**
     * How much it changes, for policies to judge. Asked before {@link #capture}, and again after it, when more may be
     * known; a step whose effect is another one then is judged again.
     *
     * @return {@code null} where nobody measures
     */
    default @Nullable ActionEffect effect() throws Exception {
        return null;
    }

    /**
     * What is there, as far as it tells whether somebody changes it while people are asked about the step. Asked before
     * {@link #capture}, for such a step only; keeps and changes nothing.
     *
     * @return JSON-like values such as digests, or {@code null} where nobody looks
     */
    default @Nullable Object found() throws Exception {
        return null;
    }

    /**
     * Reads what is there and makes it durable.
     *
     * @param blobs where content goes
     * @return what was captured, or {@code null} for an operation that changes nothing or finds its work done already
     */
    @Nullable
    Capture capture(BlobStore blobs) throws Exception;

    /**
     * Does the change.
     *
     * @param capture what {@link #capture} returned
     */
    StepResult apply(@Nullable Capture capture) throws Exception;

    /**
     * What is there when {@link #apply} has failed: what was there before, unless something may have changed.
     *
     * @return {@code null} when only looking tells
     */
    default @Nullable Fingerprint left() {
        return null;
    }

    /**
     * What the receipt keeps of a result; content that was read is not part of it.
     *
     * @param result what {@link #apply} returned
     */
    default Map<String, @Nullable Object> recorded(StepResult result) {
        return result.output();
    }

    /** Lets go of what the step holds. What was captured and not applied is as if it had never been. */
    default void release() {}

    /** {@code connector.operation}. */
    default String action() {
        return connector() + "." + operation();
    }
}
