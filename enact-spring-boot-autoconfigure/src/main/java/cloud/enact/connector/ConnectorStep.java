package cloud.enact.connector;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepOperation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One prepared operation of a connector. */
public abstract class ConnectorStep implements StepOperation {

    private final String connector;

    private final ConnectorOperation operation;

    private final Map<String, @Nullable Object> args;

    /**
     * Prepares an operation.
     *
     * @param connector name of the instance
     * @param operation what it does
     * @param args arguments as policies see them
     */
    protected ConnectorStep(String connector, ConnectorOperation operation, Map<String, @Nullable Object> args) {
        this.connector = connector;
        this.operation = operation;
        this.args = Arguments.freeze(args);
    }

    @Override
    public final String connector() {
        return this.connector;
    }

    @Override
    public final String operation() {
        return this.operation.id();
    }

    @Override
    public final Map<String, @Nullable Object> args() {
        return this.args;
    }

    @Override
    public Map<String, @Nullable Object> undoArgs() {
        return this.args;
    }

    @Override
    public Reversibility reversibility() {
        return this.operation.reversibility();
    }
}
