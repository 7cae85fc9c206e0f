package cloud.enact.connector;

import java.util.regex.Pattern;

/** Names of connector instances: the first part of the names of their actions. */
public final class ConnectorName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");

    private ConnectorName() {}

    /**
     * Returns the name, if it is one.
     *
     * @throws IllegalArgumentException when it isn't
     */
    public static String require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A connector's name is made of lower-case letters, digits, underscores and dots");
        }
        return name;
    }
}
