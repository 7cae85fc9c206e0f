package cloud.enact.connector.http;

import org.jspecify.annotations.Nullable;

/** What a declaration leaves to configuration, such as tokens: <code>${NAME}</code>, or <code>${NAME:default}</code>. */
@FunctionalInterface
public interface Variables {

    /** The value of a name, or {@code null} when there is none. */
    @Nullable
    String find(String name);
}
