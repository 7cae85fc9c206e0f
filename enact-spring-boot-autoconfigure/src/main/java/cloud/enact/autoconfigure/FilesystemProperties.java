package cloud.enact.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors for files.
 *
 * @param root Directory the connector called filesystem works in. No such connector without it.
 * @param operations Operations that are allowed, such as read_file, write_file, delete_dir. None by default.
 * @param connectors Further connectors by name, the second part of the names of their actions: the one called reports has actions such as filesystem.reports.write_file.
 */
record FilesystemProperties(
        @Nullable Path root,
        @DefaultValue Set<String> operations,
        @DefaultValue Map<String, Connector> connectors) {

    /**
     * A connector.
     *
     * @param root Directory it works in; neither that of another connector, nor in or around one.
     * @param operations Operations that are allowed, such as read_file, write_file, delete_dir. None by default.
     */
    record Connector(@Nullable Path root, @DefaultValue Set<String> operations) {}
}
