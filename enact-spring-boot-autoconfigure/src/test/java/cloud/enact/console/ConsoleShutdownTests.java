package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

/** An application that ends while somebody looks at its console. */
class ConsoleShutdownTests {

    @Test
    void noOpenPageKeepsTheServerFromStopping() throws Exception {
        LastLook look = new LastLook();
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ConsoleApplication.class)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(LastLook.class, () -> look))
                .properties(
                        "server.port=0",
                        "server.shutdown=graceful",
                        ConsoleApplication.MEMORY,
                        ConsoleApplication.SECRET,
                        ConsoleApplication.UNDO,
                        ConsoleApplication.ENABLED,
                        ConsoleApplication.WITHOUT_SECURITY)
                .run()) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            String mark = new ConsoleBrowser(port).get("/enact/receipts").mark();
            HttpResponse<InputStream> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://localhost:" + port + "/enact/events?mark=" + mark))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(page.statusCode()).isEqualTo(200);
            look.page = CompletableFuture.supplyAsync(() -> {
                try (InputStream body = page.body()) {
                    return body.readAllBytes().length;
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
        }

        assertThat(look.page).isCompleted();
        assertThat(look.failure).isNull();
    }

    /** Looks at the page just before the server waits for what is still being answered. */
    private static final class LastLook implements SmartLifecycle {

        private CompletableFuture<Integer> page = new CompletableFuture<>();

        private Exception failure;

        @Override
        public void start() {}

        @Override
        public void stop() {
            try {
                this.page.get(10, TimeUnit.SECONDS);
            } catch (Exception ex) {
                this.failure = ex;
            }
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public int getPhase() {
            return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
        }
    }
}
