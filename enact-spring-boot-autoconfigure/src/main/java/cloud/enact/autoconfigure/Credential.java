package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * A credential that a connector or channel works with.
 *
 * @param owner what works with it, such as {@code The connector 'slack'}
 * @param property where it is configured
 */
record Credential(String owner, String property) {

    // what Spring leaves as it is when there is no such property
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{([^{}:]*)}");

    /**
     * Takes a token from the configuration, else from the environment.
     *
     * @throws EnactStartupException when neither has one
     */
    String token(@Nullable String configured, Environment environment, String variable, String purpose) {
        String token = StringUtils.hasText(configured) ? configured : environment.getProperty(variable);
        if (!StringUtils.hasText(token)) {
            throw new EnactStartupException(
                    this.owner + " has no token.",
                    "Set the environment variable " + variable + " (or " + this.property + ") to " + purpose + ".");
        }
        return resolved(token).strip();
    }

    /**
     * The value as it is.
     *
     * @throws EnactStartupException when it names a property that does not exist: nobody means to send the name
     */
    String resolved(String value) {
        Matcher unresolved = UNRESOLVED.matcher(value);
        if (unresolved.find()) {
            throw new EnactStartupException(
                    this.owner + " has no value for ${" + unresolved.group(1) + "}.",
                    "Set " + unresolved.group(1) + " in the environment, or give " + this.property + " a value.");
        }
        return value;
    }
}
