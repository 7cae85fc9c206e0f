package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;

/** Looks at the remote system. */
@FunctionalInterface
interface Eye {

    /**
     * Sends a request that reads.
     *
     * @throws ConnectorException when there is no answer
     */
    Answer look(Call call);
}
