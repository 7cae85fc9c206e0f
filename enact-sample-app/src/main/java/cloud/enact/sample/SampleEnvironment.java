package cloud.enact.sample;

import cloud.enact.gate.EnactStartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the sample what an operator would give a real application: a signing secret of its own, kept in a file, a
 * directory to work in, a database server, GitHub and Slack. Each only where nobody configured it.
 */
final class SampleEnvironment implements EnvironmentPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        Map<String, Object> values = new LinkedHashMap<>();
        Path data = Path.of(binder.bind("demo.data-dir", String.class).orElse("./.enact"));
        try {
            if (!isSet(binder, "enact.signing.secret")
                    && !isSet(binder, "enact.signing.private-key")
                    && !environment.containsProperty("ENACT_SECRET")) {
                values.put("enact.signing.secret", SecretFile.in(data).read());
            }
            Path workspace =
                    binder.bind("demo.workspace", String.class).map(Path::of).orElse(null);
            if (workspace == null) {
                workspace = Files.createTempDirectory("enact-demo-").toRealPath();
                values.put("demo.workspace", workspace.toString());
                values.put("demo.delete-workspace", true);
            }
            // the connector opens its root at start-up, before anybody makes a repository there
            Files.createDirectories(Workspace.shop(workspace));
        } catch (IOException ex) {
            throw new UncheckedIOException("The sample can't prepare its secret and its workspace", ex);
        }
        if (binder.bind("demo.exit", Boolean.class).orElse(false)
                && !isSet(binder, "spring.main.web-application-type")) {
            // nobody will ask a server that goes away: the acts need no free port
            values.put("spring.main.web-application-type", "none");
        }
        if (binder.bind("enact.api.enabled", Boolean.class).orElse(false)) {
            // whoever wants to ask questions does not want to watch first
            values.put("demo.skip", true);
        }
        boolean isOnGitHub = isNamed(binder, "demo.github.endpoint", "demo.github.repository");
        if (isOnGitHub) {
            values.put("demo.github.endpoint", "https://api.github.com");
            values.put("demo.github.token", "${GITHUB_TOKEN}");
        }
        boolean isOnSlack = isNamed(binder, "demo.slack.endpoint", "demo.slack.channel");
        if (isOnSlack) {
            values.put("demo.slack.endpoint", "https://slack.com/api/");
            values.put("demo.slack.token", "${SLACK_BOT_TOKEN}");
        }
        environment.getPropertySources().addLast(new MapPropertySource("enactSample", values));
        if (!isSet(binder, "demo.postgres-url")) {
            application.addInitializers(context -> beginServer(context, data));
        }
        application.addInitializers(context -> Doubles.begin(context, !isOnGitHub, !isOnSlack));
    }

    /** Once logging is set up, and long before anybody needs it. */
    private static void beginServer(ConfigurableApplicationContext context, Path data) {
        String workspace = context.getEnvironment().getRequiredProperty("demo.workspace");
        LocalServer server = LocalServer.begin(data, Path.of(workspace));
        context.addApplicationListener(server);
        context.getBeanFactory().registerSingleton("localServer", server);
    }

    /** Whether a real place is named. An endpoint alone would be told to be a double, and given its token. */
    private static boolean isNamed(Binder binder, String endpoint, String place) {
        if (isSet(binder, endpoint) && !isSet(binder, place)) {
            throw new EnactStartupException(
                    endpoint + " is set, and " + place + " is not set.",
                    "Set " + place + ", or leave " + endpoint + " out to work with the double.");
        }
        return isSet(binder, place);
    }

    private static boolean isSet(Binder binder, String name) {
        return binder.bind(name, String.class).isBound();
    }
}
