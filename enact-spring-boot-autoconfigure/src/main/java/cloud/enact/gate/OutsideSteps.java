package cloud.enact.gate;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorException;
import cloud.enact.policy.EnactMode;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.BeyondLimitsException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.FailureLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Captures what calls that are carried out elsewhere are about to change, and looks at what they left. Thread-safe. */
final class OutsideSteps {

    private static final FailureLog failures = new FailureLog(OutsideSteps.class);

    private final StepRecords records;

    private final BlobStore blobs;

    private final EnactMode mode;

    private final GateState state;

    OutsideSteps(StepRecords records, BlobStore blobs, EnactMode mode, GateState state) {
        this.records = records;
        this.blobs = blobs;
        this.mode = mode;
        this.state = state;
    }

    /**
     * Makes what is there durable.
     *
     * @param request the call
     * @param onRecord whether a receipt says that the call was let through
     * @throws OutsideFailureException when it must not be let through
     */
    Begun begin(OutsideChanges changes, ActionRequest request, boolean onRecord) {
        Begun begun = new Begun(request);
        try {
            OutsideChanges.Found found = changes.find();
            found.uncovered().forEach(begun::uncovered);
            for (StepOperation step : found.steps()) {
                begin(step, begun);
            }
            if (!changes.mayBeUncovered()) {
                begun.requireCovered();
            }
            return begun;
        } catch (OutsideFailureException ex) {
            begun.abandon(onRecord);
            throw ex;
        } catch (RuntimeException ex) {
            if (this.mode == EnactMode.OBSERVE) {
                failedOpen(ex);
                begun.uncovered(new OutsideChanges.Uncovered(request.action(), "it could not be captured", false));
                return begun;
            }
            begun.abandon(onRecord);
            throw notCaptured(ex);
        }
    }

    private void begin(StepOperation step, Begun begun) {
        try {
            Capture capture = step.capture(this.blobs);
            if (capture != null) {
                begun.open.add(new Open(step, capture, this.records.begin(step, begun.request, capture)));
            }
        } catch (BeyondLimitsException ex) {
            begun.uncovered(new OutsideChanges.Uncovered(what(step), String.valueOf(ex.getMessage()), false));
        } catch (Exception ex) {
            if (this.mode != EnactMode.OBSERVE) {
                throw notCaptured(ex);
            }
            failedOpen(ex);
            begun.uncovered(new OutsideChanges.Uncovered(what(step), "it could not be captured", false));
        } finally {
            step.release();
        }
    }

    private static String what(StepOperation step) {
        return step.args().get("path") instanceof String path ? path : step.action();
    }

    private void failedOpen(Exception why) {
        String what = "What a call changes could not be captured";
        failures.error(what, why);
        this.state.failedOpen(what);
    }

    private static OutsideFailureException notCaptured(Exception why) {
        boolean plain = why instanceof IOException
                || why instanceof IllegalArgumentException
                || why instanceof ConnectorException;
        failures.warn("What a call changes could not be captured, so it was not let through", why);
        return new OutsideFailureException(
                "What the call would change could not be captured, so it was not let through"
                        + (plain && why.getMessage() != null ? ": " + why.getMessage() : "")
                        + ". Look at what it names, or do it in another way.",
                Map.of());
    }

    private record Open(StepOperation step, Capture capture, UndoRecord record) {}

    /** What was captured for a call that has no outcome yet. */
    final class Begun {

        private final ActionRequest request;

        private final List<Open> open = new ArrayList<>();

        private final List<OutsideChanges.Uncovered> uncovered = new ArrayList<>();

        private final List<Runnable> ends = new ArrayList<>();

        private volatile @Nullable Boolean success;

        private Begun(ActionRequest request) {
            this.request = request;
        }

        private void uncovered(OutsideChanges.Uncovered change) {
            this.uncovered.add(change);
        }

        private void requireCovered() {
            for (OutsideChanges.Uncovered change : this.uncovered) {
                if (!change.expected() && OutsideSteps.this.mode == EnactMode.ENFORCE) {
                    throw new OutsideFailureException(
                            "The call would change " + change.what() + ", which can't be undone: " + change.why()
                                    + ". Do it in smaller steps, or leave it to a person.",
                            Map.of());
                }
            }
        }

        /** The call is not let through. Before that is on record nobody may claim that a step of it has ended. */
        private void abandon(boolean onRecord) {
            if (onRecord) {
                this.open.forEach(
                        each -> end(each, UndoRecord.State.FAILED, each.step().left()));
            }
        }

        /** Somebody has told what came of it. */
        void told(boolean successful) {
            this.success = successful;
        }

        /**
         * Looks at what the call left; never throws. Of what nobody tells nothing is known. {@link #note} follows when a
         * receipt says that the call was let through.
         */
        List<ActionStep> settle() {
            Boolean told = this.success;
            List<ActionStep> steps = new ArrayList<>();
            for (Open each : this.open) {
                steps.add((told != null) ? looked(each, told) : unknown(each, "nobody told what came of it"));
            }
            for (OutsideChanges.Uncovered change : this.uncovered) {
                Map<String, @Nullable Object> output = new LinkedHashMap<>();
                output.put("not_covered", change.what());
                output.put("reason", change.why());
                steps.add(new ActionStep(
                        this.request.action(),
                        !Boolean.FALSE.equals(told),
                        output,
                        null,
                        Reversibility.IRREVERSIBLE,
                        null,
                        null));
            }
            return steps;
        }

        /** Notes what was seen in the undo log. */
        void note() {
            this.ends.forEach(Runnable::run);
        }

        private ActionStep looked(Open each, boolean successful) {
            try {
                StepResult result = each.step().apply(each.capture());
                UndoRecord.State state = successful ? UndoRecord.State.DONE : UndoRecord.State.FAILED;
                this.ends.add(() -> end(each, state, result.fingerprint()));
                return ActionStep.of(
                        each.step(), successful, each.step().recorded(result), result.alreadyDone(), each.record());
            } catch (Exception ex) {
                failures.warn("What a call left can't be looked at, so undoing it will be a conflict", ex);
                return unknown(each, "what it left can't be looked at");
            }
        }

        private ActionStep unknown(Open each, String why) {
            Map<String, @Nullable Object> output =
                    new LinkedHashMap<>(each.step().args());
            output.put("error", why);
            return ActionStep.of(each.step(), false, output, null, each.record());
        }

        private void end(Open each, UndoRecord.State end, @Nullable Fingerprint left) {
            OutsideSteps.this.records.end(each.record(), end, left);
        }
    }
}
