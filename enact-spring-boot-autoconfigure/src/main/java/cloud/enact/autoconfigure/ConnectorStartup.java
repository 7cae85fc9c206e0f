package cloud.enact.autoconfigure;

import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.gate.EnactStartupException;
import java.net.URI;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What a configured connector goes through before it is used.
 *
 * @param name its name
 * @param property where it is configured
 */
record ConnectorStartup(String name, String property) {

    private static final Log logger = LogFactory.getLog(ConnectorStartup.class);

    /** What is configured under a key that a registrar has seen. */
    static <E> E entry(Map<String, E> connectors, String key) {
        E entry = connectors.get(key);
        if (entry == null) {
            throw new IllegalStateException("The connector was configured when its bean was defined");
        }
        return entry;
    }

    /**
     * A credential of it.
     *
     * @param key last part of the property that holds it
     */
    Credential credential(String key) {
        return new Credential("The connector '" + this.name + "'", this.property + "." + key);
    }

    /**
     * Requires that it can work: a right that is missing is found now, and not when somebody wants to undo.
     *
     * @param endpoint where it is asked
     * @param remedy what to do about a right that is missing
     * @throws EnactStartupException when it can't
     */
    void require(ConnectorReadiness readiness, URI endpoint, String remedy) {
        switch (readiness.state()) {
            case READY -> {}
            case UNREACHABLE ->
                logger.warn("The connector '" + this.name + "' could not be checked, and nothing is changed through it"
                        + " until it can. Its endpoint is " + endpoint + ". " + readiness.detail());
            case REFUSED ->
                throw new EnactStartupException(
                        "The connector '" + this.name + "' can't work: " + readiness.detail(), remedy);
        }
    }

    /** The end of a start with a configuration that is wrong. */
    EnactStartupException wrong(RuntimeException cause) {
        return new EnactStartupException(
                "The connector '" + this.name + "' can't work: " + cause.getMessage(),
                "Correct " + this.property + ".",
                cause);
    }
}
