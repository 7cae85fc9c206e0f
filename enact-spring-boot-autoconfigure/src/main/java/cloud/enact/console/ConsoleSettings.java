package cloud.enact.console;

import java.util.Set;

/**
 * How the console is reached, and by whom.
 *
 * @param path where it is, such as {@code /enact}: plain segments, without a slash at the end
 * @param loopback whether this machine may read without saying who asks
 * @param roles roles that may read and change; empty when there are none
 * @param badges whether everybody may see badges of actions
 */
public record ConsoleSettings(String path, boolean loopback, Set<String> roles, boolean badges) {

    /** Characters of a path. */
    private static final int LONGEST_PATH = 200;

    public ConsoleSettings {
        if (!isPlain(path)) {
            throw new IllegalArgumentException("The path of the console begins with a slash, does not end with one, and"
                    + " has letters, digits, dashes, dots and underscores in between, such as /enact");
        }
        roles = Set.copyOf(roles);
    }

    private static boolean isPlain(String path) {
        return path.length() > 1
                && path.length() <= LONGEST_PATH
                && path.startsWith("/")
                && !path.endsWith("/")
                && !path.contains("//")
                && !path.contains("/.")
                && path.chars().allMatch(ConsoleSettings::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "/-._".indexOf(c) >= 0;
    }
}
