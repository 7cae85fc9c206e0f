package cloud.enact.console;

import cloud.enact.EnactAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application that keeps notes, with the console. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
        })
class ConsoleApplication {

    static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

    static final String MEMORY = "enact.receipts.store=memory";

    static final String SECRET = "enact.signing.secret=a-secret-for-tests-that-is-long-enough";

    static final String UNDO = "enact.undo.directory=${java.io.tmpdir}/enact-console-tests";

    static final String ENABLED = "enact.console.enabled=true";

    /** Keeps one title from being written. */
    static final String POLICY = """
            enact.policies[0].name=no-forbidden-notes
            enact.policies[0].on=notes.*
            enact.policies[0].block=args.title == "forbidden"
            enact.policies[0].reason=This title is taken. Choose another one.
            """;

    @Bean
    Notes notes() {
        return new Notes();
    }

    @Bean
    Operator operator() {
        return new Operator();
    }

    @Bean
    ConsoleCredential credential(Operator operator) {
        return ConsoleCredential.inMemory(operator.credential::set);
    }

    /** Whoever started the application. */
    static class Operator {

        private final AtomicReference<String> credential = new AtomicReference<>();

        String credential() {
            return this.credential.get();
        }
    }

    /** Notes by title. */
    static class Notes {

        private final Map<String, String> texts = new ConcurrentHashMap<>();

        @EnactAction(value = "notes.write", capture = "read", undo = "restore")
        public void write(String title, String text) {
            this.texts.put(title, text);
        }

        public @Nullable String read(String title) {
            return this.texts.get(title);
        }

        public void restore(String title, @Nullable String captured) {
            if (captured == null) {
                this.texts.remove(title);
            } else {
                this.texts.put(title, captured);
            }
        }
    }
}
