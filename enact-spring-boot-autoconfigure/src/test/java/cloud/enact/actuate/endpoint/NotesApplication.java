package cloud.enact.actuate.endpoint;

import cloud.enact.EnactAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application that keeps notes, with everything the starter brings. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
        })
class NotesApplication {

    @Bean
    Notes notes() {
        return new Notes();
    }

    /** Notes by title. */
    static class Notes {

        private final Map<String, String> texts = new ConcurrentHashMap<>();

        @EnactAction(value = "notes.write", capture = "read", undo = "restore")
        public void write(String title, String text) {
            this.texts.put(title, text);
        }

        @EnactAction("notes.publish")
        public void publish(String title) {
            // what the world has read stays read
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
