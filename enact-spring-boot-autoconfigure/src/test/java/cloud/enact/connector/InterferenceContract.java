package cloud.enact.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every connector promises when a person or a fault interferes. */
abstract class InterferenceContract {

    /** A connector for the system under test that allows these operations. Every call reaches the same system. */
    protected abstract Connector connector(Set<String> allowed, StepExecutor steps) throws Exception;

    /** Where content goes. */
    protected abstract BlobStore blobs();

    /** Name of an operation that changes something, and can be undone if anything of this connector can. */
    protected abstract String operation();

    /** Arguments for it that work on the system as it is at first. */
    protected abstract Map<String, @Nullable Object> args();

    /** The whole state of the system, comparable. */
    protected abstract Object state() throws Exception;

    /**
     * The state that undoing leads to: the one before, unless the operation can only be compensated and leaves traces.
     *
     * @param before the state before the operation
     */
    protected Object undone(Object before) throws Exception {
        return before;
    }

    /** Changes, as a person would, past the connector, what the operation has left. */
    protected void changeByHand() throws Exception {
        abort("Nobody can change what this connector leaves");
    }

    /** Has the system do what it is asked next, and the connection break before it has answered. */
    protected void loseNextAnswer() throws Exception {
        abort("The system of this connector gives no answers that could get lost");
    }

    /** Has the connection break before the system has got what it is asked next that changes anything. */
    protected void loseNextRequest() throws Exception {
        abort("The system of this connector gets no requests that could get lost");
    }

    /** What looking tells of a change whose answer was lost. */
    protected StepProbe.Finding foundAfterLostAnswer() {
        return StepProbe.Finding.DONE;
    }

    /** Tokens, passwords and the like the connector was given. */
    protected Set<String> secrets() {
        return abort("This connector is given no secret");
    }

    @Test
    @DisplayName("10. what a person changed since is a conflict, and stays")
    protected void laterWorkStays() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.perform(connector.prepare(operation(), args()));
        changeByHand();
        Object changed = state();

        assertThat(steps.precheck(connector.undo())).containsExactly(Restoration.CONFLICT);
        assertThat(steps.undoAll(connector.undo()))
                .allSatisfy(step -> assertThat(step.detail()).isNotBlank())
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.CONFLICT);

        assertThat(state()).isEqualTo(changed);
    }

    @Test
    @DisplayName("11. what a person changed since gives way when that is forced")
    protected void laterWorkGivesWayToForce() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        steps.perform(connector.prepare(operation(), args()));
        changeByHand();

        assertThat(connector.undo().undo(steps.records().get(0), true).restoration())
                .isEqualTo(Restoration.RESTORED);

        assertThat(state()).isEqualTo(undone(before));
    }

    @Test
    @DisplayName("12. a change whose end nobody noted is found by looking, and undone or said to be beyond that")
    protected void diedAfterTheChange() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        steps.dieBefore(RecordingSteps.Moment.END);
        assertThatThrownBy(() -> steps.perform(connector.prepare(operation(), args())))
                .isInstanceOf(RecordingSteps.Died.class);
        Object after = state();
        assertThat(after).isNotEqualTo(before);

        assertThat(steps.precheck(connector.undo())).containsExactly(first(connector));
        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(first(connector));

        assertThat(state()).isEqualTo(irreversible(connector) ? after : undone(before));
    }

    @Test
    @DisplayName("13. a change that was only announced is nothing to undo")
    protected void diedBeforeTheChange() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        steps.dieBefore(RecordingSteps.Moment.APPLY);
        assertThatThrownBy(() -> steps.perform(connector.prepare(operation(), args())))
                .isInstanceOf(RecordingSteps.Died.class);

        assertThat(steps.precheck(connector.undo())).containsExactly(Restoration.ALREADY_RESTORED);
        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED);

        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("14. a change whose answer was lost is found by looking, and undone or said to be beyond that")
    protected void lostAnswer() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        loseNextAnswer();
        catchThrowable(() -> steps.perform(connector.prepare(operation(), args())));
        Object after = state();
        assertThat(after).isNotEqualTo(before);

        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(first(connector));

        assertThat(state()).isEqualTo(irreversible(connector) ? after : undone(before));
    }

    @Test
    @DisplayName("15. a change that did not reach the system is nothing to undo")
    protected void lostRequest() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        Object before = state();
        loseNextRequest();
        assertThatThrownBy(() -> steps.perform(connector.prepare(operation(), args())))
                .isInstanceOf(ConnectorException.class);

        assertThat(steps.undoAll(connector.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.ALREADY_RESTORED);

        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("17. looking tells a change that was made from one that was only announced, and changes nothing")
    protected void probe() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.dieBefore(RecordingSteps.Moment.APPLY);
        assertThatThrownBy(() -> steps.perform(connector.prepare(operation(), args())))
                .isInstanceOf(RecordingSteps.Died.class);
        Object before = state();

        assertThat(steps.probe(connector.undo())).containsExactly(StepProbe.Finding.NOT_DONE);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("18. looking finds a change whose end nobody noted, and changes nothing")
    protected void probeAfterTheChange() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.dieBefore(RecordingSteps.Moment.END);
        assertThatThrownBy(() -> steps.perform(connector.prepare(operation(), args())))
                .isInstanceOf(RecordingSteps.Died.class);
        Object after = state();

        assertThat(steps.probe(connector.undo())).containsExactly(StepProbe.Finding.DONE);
        assertThat(state()).isEqualTo(after);
    }

    @Test
    @DisplayName("19. looking finds a change whose answer was lost, where the system has a trace of it")
    protected void probeAfterLostAnswer() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        loseNextAnswer();
        catchThrowable(() -> steps.perform(connector.prepare(operation(), args())));
        Object after = state();

        assertThat(steps.probe(connector.undo())).allMatch(foundAfterLostAnswer()::equals);
        assertThat(state()).isEqualTo(after);
    }

    @Test
    @DisplayName("20. looking finds that a change did not reach the system")
    protected void probeAfterLostRequest() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        loseNextRequest();
        catchThrowable(() -> steps.perform(connector.prepare(operation(), args())));
        Object before = state();

        assertThat(steps.probe(connector.undo())).containsExactly(StepProbe.Finding.NOT_DONE);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @DisplayName("21. a record of another connector is not looked for")
    protected void probeOfAForeignRecord() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Connector connector = connector(Set.of(operation()), steps);
        steps.dieBefore(RecordingSteps.Moment.END);
        catchThrowable(() -> steps.perform(connector.prepare(operation(), args())));
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

        assertThat(connector.undo().probe(foreign).finding()).isEqualTo(StepProbe.Finding.UNKNOWN);
    }

    @Test
    @DisplayName("16. no error, record or description holds a secret")
    protected void noSecrets() throws Exception {
        RecordingSteps steps = new RecordingSteps(blobs());
        Set<String> secrets = secrets();
        Connector connector = connector(Set.of(operation()), steps);
        StepOperation step = connector.prepare(operation(), args());
        StringWriter told = new StringWriter();
        loseNextRequest();
        catchThrowable(() -> steps.perform(step)).printStackTrace(new PrintWriter(told, true));
        told.append(String.valueOf(steps.undoAll(connector.undo())));
        loseNextAnswer();
        Throwable thrown = catchThrowable(() -> steps.perform(connector.prepare(operation(), args())));
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(told, true));
        }
        told.append(String.valueOf(steps.undoAll(connector.undo())))
                .append(String.valueOf(steps.records()))
                .append(String.valueOf(step))
                .append(String.valueOf(step.args()))
                .append(String.valueOf(connector))
                .append(String.valueOf(connector.undo()));

        assertThat(told.toString()).doesNotContain(secrets);
    }

    final boolean irreversible(Connector connector) {
        return connector.reversibility(operation()) == Reversibility.IRREVERSIBLE;
    }

    /** What the first undo says. */
    final Restoration first(Connector connector) {
        return irreversible(connector) ? Restoration.IRREVERSIBLE : Restoration.RESTORED;
    }
}
