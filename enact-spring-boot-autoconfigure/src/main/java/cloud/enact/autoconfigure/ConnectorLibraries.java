package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Refuses to start without the library of a connector that is configured: it would be missing without a word. */
final class ConnectorLibraries implements BeanFactoryPostProcessor {

    private static final List<Library> LIBRARIES = List.of(
            new Library("github", "org.kohsuke.github.GitHub", "org.kohsuke:github-api"),
            new Library("slack", "com.slack.api.Slack", "com.slack.api:slack-api-client"),
            new Library(
                    "email",
                    "org.springframework.mail.javamail.JavaMailSender",
                    "org.springframework.boot:spring-boot-starter-mail"),
            new Library(
                    "email",
                    "jakarta.mail.internet.MimeMessage",
                    "org.springframework.boot:spring-boot-starter-mail"),
            new Library("postgres", "org.postgresql.Driver", "org.postgresql:postgresql"));

    private final Environment environment;

    ConnectorLibraries(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        for (Library library : LIBRARIES) {
            String property = "enact." + library.kind() + ".connectors";
            Map<String, Object> configured = Binder.get(this.environment)
                    .bind(property, Bindable.mapOf(String.class, Object.class))
                    .orElse(Map.of());
            if (!configured.isEmpty() && !ClassUtils.isPresent(library.type(), beanFactory.getBeanClassLoader())) {
                throw new EnactStartupException(
                        property + " configures connectors, and the library they need is not on the class path.",
                        "Add the dependency " + library.artifact() + ", or remove " + property + ".");
            }
        }
    }

    /**
     * What a kind of connector needs.
     *
     * @param kind word of the kind in the configuration
     * @param type a class of the library
     * @param artifact where that comes from
     */
    private record Library(String kind, String type, String artifact) {}
}
