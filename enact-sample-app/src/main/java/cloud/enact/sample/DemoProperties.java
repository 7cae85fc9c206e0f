package cloud.enact.sample;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code demo.*} configures.
 *
 * @param exit Whether the application ends after the acts.
 * @param skip Whether it starts without the acts.
 * @param prompt What to ask a real model; used with the profiles openai and anthropic.
 * @param pause How long to wait after each line of the acts, for an audience.
 * @param workspace Directory the agent works in. A new temporary directory by default.
 * @param postgresUrl JDBC URL of a PostgreSQL server whose role may create databases. By default the demo starts one.
 * @param deleteWorkspace Whether the workspace is deleted when the application ends.
 */
@ConfigurationProperties("demo")
record DemoProperties(
        @DefaultValue("false") boolean exit,
        @DefaultValue("false") boolean skip,
        @Nullable String prompt,
        @DefaultValue("0s") Duration pause,
        Path workspace,
        @Nullable String postgresUrl,
        @DefaultValue("false") boolean deleteWorkspace) {}
