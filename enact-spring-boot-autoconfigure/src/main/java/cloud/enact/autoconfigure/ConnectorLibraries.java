package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Refuses to start when a connector is configured and its library is missing: it would be left out without a word. */
final class ConnectorLibraries implements BeanFactoryPostProcessor {

    private static final List<Library> LIBRARIES = List.of(
            new Library("github", "org.kohsuke.github.GitHub", "org.kohsuke:github-api"),
            new Library("slack", "com.slack.api.Slack", "com.slack.api:slack-api-client"),
            new Library(
                    "email",
                    "org.springframework.mail.javamail.JavaMailSender",
                    "org.springframework.boot:spring-boot-starter-mail"),
            new Library("email", "jakarta.mail.internet.MimeMessage", "org.springframework.boot:spring-boot-starter-mail"),
            new Library("postgres", "org.postgresql.Driver", "org.postgresql:postgresql"));

    private final Environment environment;

    ConnectorLibraries(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        for (Library library : LIBRARIES) {
            String property = "enact." + library.kind() + ".connectors";
            boolean configured = Binder.get(this.environment)
                    .bind(property, Bindable.mapOf(String.class, Object.class))
                    .map(connectors -> !connectors.isEmpty())
                    .orElse(false);
            if (configured && !ClassUtils.isPresent(library.type(), beanFactory.getBeanClassLoader())) {
                throw new EnactStartupException(
                        "There are " + property + ", and their library is not on the class path: " + library.artifact(),
                        "Add " + library.artifact() + " to the dependencies, or remove " + property + ".");
            }
        }
    }

    /**
     * What connectors of a kind need.
     *
     * @param type a class of it
     * @param artifact what to depend on
     */
    private record Library(String kind, String type, String artifact) {}
}
