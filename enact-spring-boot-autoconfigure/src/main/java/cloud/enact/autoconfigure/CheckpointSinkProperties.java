package cloud.enact.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Places outside the receipt store that remember checkpoints. CheckpointSink beans are added to them.
 *
 * @param file A file that checkpoints are appended to.
 * @param log Lines in the log of the application.
 * @param webhook An address that checkpoints are posted to.
 * @param postgres A table of another PostgreSQL server.
 * @param git A git repository.
 */
record CheckpointSinkProperties(
        @DefaultValue FileSink file,
        @DefaultValue LogSink log,
        @DefaultValue Webhook webhook,
        @DefaultValue Postgres postgres,
        @DefaultValue Git git) {

    /**
     * A file.
     *
     * @param enabled Whether checkpoints are appended to a file.
     * @param path The file, best on another disk or machine. By default checkpoints.txt beside the receipt file, which is no protection against who can write that folder.
     */
    record FileSink(
            @DefaultValue("true") boolean enabled, @Nullable Path path) {}

    /**
     * The log.
     *
     * @param enabled Whether checkpoints are written to the log of the application, under the logger cloud.enact.receipt.anchor.
     */
    record LogSink(@DefaultValue("true") boolean enabled) {}

    /**
     * An address.
     *
     * @param url Address that checkpoints are posted to as CloudEvents. None by default.
     * @param secret Signs each request as Standard Webhooks does: at least 24 bytes, in base64 when it begins with whsec_.
     * @param headers Headers of each request, such as Authorization.
     * @param timeout How long one request may take.
     * @param allowHttp Whether the address may begin with http. For development only.
     */
    record Webhook(
            @Nullable URI url,
            @Nullable String secret,
            @DefaultValue Map<String, String> headers,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("false") boolean allowHttp)
            implements WebhookSettings {

        @Override
        public String toString() {
            return "Webhook[***]";
        }
    }

    /**
     * A table of another server.
     *
     * @param url JDBC URL of a PostgreSQL server that is not the one of the receipts. None by default.
     * @param username Role that inserts; it needs INSERT on the table, and SELECT to read back what is there.
     * @param password Password of the role.
     * @param dataSource Name of a DataSource bean to use instead of a URL.
     * @param initialize Whether the table is made when it is missing.
     * @param timeout How long connecting, and one statement, may take.
     */
    record Postgres(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String dataSource,
            @DefaultValue("true") boolean initialize,
            @DefaultValue("10s") Duration timeout) {

        @Override
        public String toString() {
            return "Postgres[***]";
        }
    }

    /**
     * A git repository.
     *
     * @param directory Bare repository that checkpoints are committed to, made when it is missing. None by default.
     * @param remote Address every commit is pushed to, over https or as a path. None by default.
     * @param username User name for the remote.
     * @param token Token or password for the remote.
     * @param timeout How long the remote may take to answer.
     */
    record Git(
            @Nullable Path directory,
            @Nullable String remote,
            @Nullable String username,
            @Nullable String token,
            @DefaultValue("30s") Duration timeout) {

        @Override
        public String toString() {
            return "Git[***]";
        }
    }
}
