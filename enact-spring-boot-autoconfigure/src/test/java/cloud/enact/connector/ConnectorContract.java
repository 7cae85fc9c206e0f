package cloud.enact.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every connector promises. What its system can't have is skipped, with the reason: nobody can change a sent
 * message by hand, and a file system has no answers that get lost.
 */
public abstract class ConnectorContract extends InterferenceContract {

    @Test
    @DisplayName("1. with no operation allowed, nothing is allowed")
    protected void nothingByDefault() throws Exception {
        Connector connector = connector(Set.of(), new RecordingSteps(blobs()));

        assertThat(connector.operations()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.prepare(operation(), args()))
                .withMessageContaining("not allowed");
    }

    @Test
    @DisplayName("2. an operation nobody knows is refused, at work and in configuration")
    protected void unknownOperation() throws Exception {
        Connector connector = connector(Set.of(operation()), new RecordingSteps(blobs()));

        assertThatIllegalArgumentException().isThrownBy(() -> connector.prepare("format_disk", args()));
        assertThatIllegalArgumentException().isThrownBy(() -> connector.reversibility("format_disk"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector(Set.of("format_disk"), new RecordingSteps(blobs())));
    }

    @Test
    @DisplayName("3. preparing and capturing change nothing")
    protected void captureChangesNothing() throws Exception {
        Connector connector = connector(Set.of(operation()), new RecordingSteps(blobs()));
        Object before = state();

        StepOperation step = connector.prepare(operation(), args());
        assertThat(step.capture(blobs())).isNotNull();

        assertThat(state()).isEqualTo(before);
        assertThat(step.action()).isEqualTo(connector.name() + "." + operation());
        assertThat(step.reversibility())
                .isEqualTo(connector.reversibility(operation()))
                .isNotEqualTo(Reversibility.READ_ONLY);
        step.release();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("4. what was done is undone, or said to be beyond that")
    protected void undoes() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        steps.perform(connector.prepare(operation(), args()));
        Object after = state();
        assertThat(after).isNotEqualTo(before);

        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(first(connector));

        assertThat(state()).isEqualTo(irreversible(connector) ? after : undone(before));
    }

    @Test
    @DisplayName("5. a precheck says what undo will say, and changes nothing")
    protected void precheckChangesNothing() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.perform(connector.prepare(operation(), args()));
        Object after = state();

        assertThat(steps.precheck(connector.undo())).containsExactly(first(connector));

        assertThat(state()).isEqualTo(after);
    }

    @Test
    @DisplayName("6. undoing twice is as undoing once")
    protected void undoTwice() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.perform(connector.prepare(operation(), args()));
        steps.undoAll(connector.undo());
        Object once = state();

        Restoration second = irreversible(connector) ? Restoration.IRREVERSIBLE : Restoration.ALREADY_RESTORED;
        assertThat(steps.precheck(connector.undo())).containsExactly(second);
        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(second);

        assertThat(state()).isEqualTo(once);
    }

    @Test
    @DisplayName("7. an operation that is not allowed any more is still undone")
    protected void undoWithoutAllowance() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Object before = state();
        Connector connector = connector(Set.of(operation()), steps);
        steps.perform(connector.prepare(operation(), args()));
        Object after = state();

        Connector restricted = connector(Set.of(), steps);
        assertThat(steps.undoAll(restricted.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(first(connector));

        assertThat(state()).isEqualTo(irreversible(connector) ? after : undone(before));
    }

    @Test
    @DisplayName("8. a record of another connector is not touched")
    protected void foreignRecord() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.perform(connector.prepare(operation(), args()));
        Object after = state();
        UndoRecord own = steps.records().get(0);
        UndoRecord foreign = new UndoRecord(
                own.position(),
                own.runId(),
                own.actionId(),
                "somebody_else",
                own.operation(),
                own.args(),
                own.reversibility(),
                own.before(),
                own.fingerprint(),
                own.state(),
                own.digest());

        assertThat(connector.undo().undo(foreign, true).restoration()).isEqualTo(Restoration.FAILED);

        assertThat(state()).isEqualTo(after);
    }

    @Test
    @DisplayName("9. an argument nobody knows is refused")
    protected void unknownArgument() throws Exception {
        Connector connector = connector(Set.of(operation()), new RecordingSteps(blobs()));
        Map<String, @Nullable Object> args = new java.util.LinkedHashMap<>(args());
        args.put("no_such_argument", 1);

        assertThatIllegalArgumentException().isThrownBy(() -> connector.prepare(operation(), args));
    }
}
