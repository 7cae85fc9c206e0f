package cloud.enact.connector;

/** A connector that describes its operations well enough for a model to call them as tools. */
public interface DescribedConnector extends Connector {

    /**
     * What an operation does, for a model.
     *
     * @throws IllegalArgumentException when there is no such operation
     */
    String description(String operation);

    /**
     * The JSON schema of an operation's arguments.
     *
     * @throws IllegalArgumentException when there is no such operation
     */
    String inputSchema(String operation);
}
