package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A list of very many receipts is looked at a page at a time. */
@ConsoleTest
@TestPropertySource(properties = "enact.receipts.verification.interval=0")
@Import(LongListTests.Store.class)
class LongListTests {

    private static final int RECEIPTS = 100_000;

    private final WatchedStore store;

    private final ReceiptLog log;

    private final ConsoleBrowser browser;

    LongListTests(@Autowired WatchedStore store, @Autowired ReceiptLog log, @LocalServerPort int port) {
        this.store = store;
        this.log = log;
        this.browser = new ConsoleBrowser(port);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Store {

        @Bean
        WatchedStore store() {
            return new WatchedStore(ReceiptStore.inMemory(RECEIPTS + 1000));
        }
    }

    /** A store that knows how much it was asked for at once. */
    private static final class WatchedStore implements ReceiptStore {

        private final ReceiptStore delegate;

        private final Set<Integer> limits = new ConcurrentSkipListSet<>();

        private WatchedStore(ReceiptStore delegate) {
            this.delegate = delegate;
        }

        @Override
        public void append(List<Receipt> batch) {
            this.delegate.append(batch);
        }

        @Override
        public Optional<Receipt> find(String log, long seq) {
            return this.delegate.find(log, seq);
        }

        @Override
        public List<Receipt> findByRun(RunId runId) {
            this.limits.add(ReceiptStore.MAX_RUN);
            return this.delegate.findByRun(runId);
        }

        @Override
        public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
            this.limits.add(limit);
            return this.delegate.query(filter, after, limit);
        }

        @Override
        public Optional<Receipt> head(String log) {
            return this.delegate.head(log);
        }

        @Override
        public List<String> logs() {
            return this.delegate.logs();
        }

        @Override
        public List<Receipt> read(String log, long fromSeq, int limit) {
            this.limits.add(ReceiptStore.MAX_RUN);
            return this.delegate.read(log, fromSeq, limit);
        }

        @Override
        public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
            return this.delegate.findOpen(after, limit);
        }
    }

    private void appendMany() {
        IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());
        Actor actor = Actor.of("agent@example.org");
        Decision pass = Decision.of(
                List.of(Verdict.pass("access.require-actor-role", "may")),
                EnactMode.ENFORCE,
                "sha256:" + "ab".repeat(32));
        Instant start = Instant.parse("2026-11-20T12:00:00Z");
        Run run = Run.of(new RunId(ids.next()));
        for (int i = 0; i < RECEIPTS; i++) {
            ActionRequest request = new ActionRequest(
                    ids.next(),
                    (i % 20 == 0) ? Run.of(new RunId(ids.next())) : run,
                    null,
                    (i % 100 == 0) ? "billing.refund" : "crm.update",
                    Map.of("id", (long) i),
                    actor,
                    null,
                    Reversibility.READ_ONLY,
                    start.plusMillis(i));
            this.log.append(ReceiptDraft.decided(request, pass, EnactMode.ENFORCE));
        }
        this.store.limits.clear();
        assertThat(this.browser.get("/enact/runs/" + run.id()).body()).contains("50 entries", "id=\"earlier\"");
    }

    private static String older(ConsoleBrowser.Answer page) {
        String start = "rel=\"next\" href=\"";
        int from = page.body().indexOf(start) + start.length();
        return page.body()
                .substring(from, page.body().indexOf('"', from))
                .replace("&amp;", "&")
                .replace("&#x3D;", "=");
    }

    @Test
    void oneOfAHundredThousandReceiptsIsFoundByPagesAndFilters() {
        appendMany();

        ConsoleBrowser.Answer page = this.browser.get("/enact/receipts?action=billing.*");
        assertThat(page.body()).contains("50 of 50 signatures are valid", "the newest 300 decisions");
        for (int i = 0; i < 10; i++) {
            page = this.browser.get(older(page));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("50 of 50 signatures are valid", "billing.refund", "id=\"newest\"");
        }
        assertThat(this.browser.get("/enact/receipts").body()).contains("50 of 50 signatures are valid");
        assertThat(this.browser.get("/enact/policies").body()).contains("newest 500 decisions");
        assertThat(this.browser.get("/enact/integrity").status()).isEqualTo(200);
        assertThat(this.store.limits).isNotEmpty().allMatch(limit -> limit <= 500);
    }
}
