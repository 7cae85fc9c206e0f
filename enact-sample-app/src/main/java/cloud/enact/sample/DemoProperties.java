package cloud.enact.sample;

import java.net.URI;
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
 * @param github Repository on GitHub that the agent works with. By default the demo starts a double.
 * @param slack Channel on Slack that the agent posts to. By default the demo starts a double.
 */
@ConfigurationProperties("demo")
record DemoProperties(
        @DefaultValue("false") boolean exit,
        @DefaultValue("false") boolean skip,
        @Nullable String prompt,
        @DefaultValue("0s") Duration pause,
        Path workspace,
        @Nullable String postgresUrl,
        @DefaultValue("false") boolean deleteWorkspace,
        GitHub github,
        Slack slack) {

    /**
     * A repository.
     *
     * @param endpoint Where the REST API is.
     * @param token Token the agent works with.
     * @param repository The repository: owner/name.
     * @param simulated Whether it is a double on this machine.
     */
    record GitHub(
            URI endpoint,
            String token,
            String repository,
            @DefaultValue("false") boolean simulated) {

        @Override
        public String toString() {
            return "GitHub[" + this.repository + "]";
        }
    }

    /**
     * A channel.
     *
     * @param endpoint Where the Web API is.
     * @param token Bot token the agent works with.
     * @param channel Id of the channel.
     * @param simulated Whether it is a double on this machine.
     */
    record Slack(
            URI endpoint,
            String token,
            String channel,
            @DefaultValue("false") boolean simulated) {

        @Override
        public String toString() {
            return "Slack[" + this.channel + "]";
        }
    }
}
