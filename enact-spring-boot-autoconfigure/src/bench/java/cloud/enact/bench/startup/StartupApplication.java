package cloud.enact.bench.startup;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/**
 * A chat application with one tool. Without Enact on the class path its annotation on that tool is simply not there.
 * Says how long it took to get ready, and ends.
 */
@SpringBootApplication
public class StartupApplication {

    /** Begins the line that tells the milliseconds. */
    public static final String READY = "READY ";

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(StartupApplication.class);
        application.addListeners((ApplicationListener<ApplicationReadyEvent>)
                event -> System.out.println(READY + event.getTimeTaken().toMillis()));
        application.run(args).close();
    }

    @Bean
    ChatClient chatClient(ChatClient.Builder builder, StartupTools tools) {
        return builder.defaultTools(tools).build();
    }
}
