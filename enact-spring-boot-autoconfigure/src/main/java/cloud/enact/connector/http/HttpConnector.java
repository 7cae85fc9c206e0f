package cloud.enact.connector.http;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.DescribedConnector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A system with an HTTP API, whose operations are declared and not programmed. Thread-safe. */
public final class HttpConnector implements DescribedConnector {

    private final String name;

    private final AllowedOperations<HttpOperation> operations;

    private final Remote remote;

    private final StepExecutor steps;

    private final HttpUndo undo;

    HttpConnector(String name, AllowedOperations<HttpOperation> operations, Remote remote, StepExecutor steps) {
        this.name = name;
        this.operations = operations;
        this.remote = remote;
        this.steps = steps;
        this.undo = new HttpUndo(name, remote);
    }

    /**
     * Starts a connector for an API.
     *
     * @param api what is declared of it
     */
    public static HttpConnectorBuilder api(HttpApi api) {
        return new HttpConnectorBuilder(api);
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Set<String> operations() {
        return this.operations.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.operations.known(operation).reversibility();
    }

    @Override
    public String description(String operation) {
        return this.operations.known(operation).description();
    }

    @Override
    public String inputSchema(String operation) {
        return Json.write(this.operations.known(operation).declared().schema());
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        HttpOperation known = this.operations.require(operation, args);
        Values values = new Values(
                Arguments.freeze(known.declared().complete(args)),
                Map.of(),
                Map.of(),
                UUID.randomUUID().toString());
        try {
            known.request().requireSendable(values);
        } catch (ConnectorException ex) {
            throw new IllegalArgumentException(ex.getMessage(), ex);
        }
        return new HttpStep(this.name, known, values, this.remote);
    }

    @Override
    public StepUndo undo() {
        return this.undo;
    }

    /**
     * Performs an operation inside the governed action of this thread.
     *
     * @param operation its name
     * @param args its arguments
     * @return with what its declaration takes from the answer
     * @throws IllegalArgumentException when it is not allowed, or its arguments are wrong
     * @throws ConnectorException when it was refused, or nobody knows what came of it
     */
    public StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return this.steps.perform(prepare(operation, args));
    }
}
