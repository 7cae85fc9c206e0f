package cloud.enact.autoconfigure;

import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.gate.EnactStartupException;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

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
     * The token it works with.
     *
     * @param configured what its property says
     * @param variable name of the environment variable that counts when that says nothing
     * @param meant what token that is
     * @throws EnactStartupException when there is none
     */
    String token(@Nullable String configured, Environment environment, String variable, String meant) {
        String token = StringUtils.hasText(configured) ? configured : environment.getProperty(variable);
        if (!StringUtils.hasText(token)) {
            throw new EnactStartupException(
                    "The connector '" + this.name + "' has no token.",
                    "Set the environment variable " + variable + " (or " + this.property + ".token) to " + meant + ".");
        }
        return token.strip();
    }

    /**
     * Requires that it can work: a right that is missing is found now, and not when somebody wants to undo.
     *
     * @param remedy what to do about a right that is missing
     * @throws EnactStartupException when it can't
     */
    void require(ConnectorReadiness readiness, String remedy) {
        switch (readiness.state()) {
            case READY -> {}
            case UNREACHABLE ->
                logger.warn("The connector '" + this.name + "' could not be checked, and nothing is changed through it"
                        + " until it can. " + readiness.detail());
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
