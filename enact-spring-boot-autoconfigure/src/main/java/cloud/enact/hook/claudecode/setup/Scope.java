package cloud.enact.hook.claudecode.setup;

import java.util.Locale;

/** For whom settings are. */
public enum Scope {
    /** Whoever uses this machine; nobody but its administrator changes them. */
    MANAGED,
    /** One person in one project. */
    LOCAL,
    /** Everybody in one project. */
    PROJECT,
    /** One person in all projects. */
    USER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
