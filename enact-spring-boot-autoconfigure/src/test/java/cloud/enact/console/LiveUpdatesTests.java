package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a page that is open hears. */
@ConsoleTest
class LiveUpdatesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConsoleApplication.Notes notes;

    private final ConsoleBrowser browser;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    LiveUpdatesTests(@Autowired ConsoleApplication.Notes notes, @LocalServerPort int port) {
        this.notes = notes;
        this.browser = new ConsoleBrowser(port);
    }

    @AfterEach
    void end() {
        this.threads.shutdownNow();
    }

    private CompletableFuture<ConsoleBrowser.Answer> listen(String mark) {
        return CompletableFuture.supplyAsync(() -> this.browser.get("/enact/events?mark=" + mark), this.threads);
    }

    private static ConsoleBrowser.Answer await(CompletableFuture<ConsoleBrowser.Answer> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private String mark() {
        return this.browser.get("/enact/receipts").mark();
    }

    @Test
    void aPageHearsOfTheNextReceipt() throws Exception {
        this.notes.write("plan", "one");
        CompletableFuture<ConsoleBrowser.Answer> answer = listen(mark());

        this.notes.write("plan", "two");

        ConsoleBrowser.Answer event = await(answer);
        assertThat(event.status()).isEqualTo(200);
        assertThat(event.header("Content-Type")).startsWith("text/event-stream");
        assertThat(event.header("Cache-Control")).isEqualTo("no-store");
        assertThat(event.body()).contains("event: receipts", "retry: 1000");
    }

    @Test
    void aPageThatIsBehindHearsSoAtOnce() throws Exception {
        String old = mark();
        this.notes.write("plan", "three");

        assertThat(await(listen(old)).body()).contains("event: receipts", "data: " + mark());
    }

    @Test
    void theOldestOfTooManyPagesAsksAgain() throws Exception {
        this.notes.write("plan", "four");
        String mark = mark();
        List<CompletableFuture<ConsoleBrowser.Answer>> pages = new ArrayList<>();
        for (int i = 0; i <= LiveUpdates.MOST_CLIENTS; i++) {
            pages.add(listen(mark));
        }

        CompletableFuture<?> first = CompletableFuture.anyOf(pages.toArray(new CompletableFuture<?>[0]));
        assertThat(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        ConsoleBrowser.Answer.class,
                        answer -> assertThat(answer.body()).contains(": nothing new"));

        this.notes.write("plan", "five");
        for (CompletableFuture<ConsoleBrowser.Answer> page : pages) {
            assertThat(await(page).status()).isEqualTo(200);
        }
    }
}
