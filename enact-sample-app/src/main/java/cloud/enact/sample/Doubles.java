package cloud.enact.sample;

import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.slack.SlackDouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/** GitHub and Slack on this machine, where nobody named real ones. They end with the application. */
final class Doubles implements ApplicationListener<ApplicationEvent> {

    private static final String CHANNEL = "C01";

    private static final String BOT = "U0AGENT";

    private final @Nullable Path repositories;

    private final @Nullable GitHubDouble github;

    private final @Nullable SlackDouble slack;

    private Doubles(@Nullable Path repositories, @Nullable SlackDouble slack) {
        this.repositories = repositories;
        this.github = repositories != null ? GitHubDouble.start(repositories) : null;
        this.slack = slack;
    }

    /** Starts those that are wanted and tells the application where they are. */
    static void begin(ConfigurableApplicationContext context, boolean github, boolean slack) {
        Path workspace = Path.of(context.getEnvironment().getRequiredProperty("demo.workspace"));
        try {
            Doubles doubles = new Doubles(
                    github ? Files.createTempDirectory(workspace, "github-") : null,
                    slack ? SlackDouble.start() : null);
            context.addApplicationListener(doubles);
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource("enactSampleDoubles", doubles.properties()));
        } catch (IOException ex) {
            throw new UncheckedIOException("The sample can't make a directory for its double of GitHub", ex);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (this.github != null) {
            properties.put("demo.github.endpoint", this.github.endpoint().toString());
            properties.put("demo.github.token", this.github.token());
            properties.put(
                    "demo.github.repository", this.github.create("acme", "shop").fullName());
            properties.put("demo.github.simulated", true);
        }
        if (this.slack != null) {
            String token = "xoxb-of-the-double";
            this.slack.app(token, BOT, "chat:write", "channels:read", "channels:history");
            this.slack.channel(CHANNEL, "shop", BOT, "U0ANN");
            this.slack.post(CHANNEL, "U0ANN", "Good morning, everybody.");
            properties.put("demo.slack.endpoint", this.slack.endpoint().toString());
            properties.put("demo.slack.token", token);
            properties.put("demo.slack.channel", CHANNEL);
            properties.put("demo.slack.simulated", true);
        }
        return properties;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (!(event instanceof ContextClosedEvent) && !(event instanceof ApplicationFailedEvent)) {
            return;
        }
        if (this.github != null) {
            this.github.close();
        }
        if (this.slack != null) {
            this.slack.close();
        }
        try {
            FileSystemUtils.deleteRecursively(this.repositories);
        } catch (IOException ex) {
            throw new UncheckedIOException("The repositories of the double of GitHub could not be deleted", ex);
        }
    }
}
