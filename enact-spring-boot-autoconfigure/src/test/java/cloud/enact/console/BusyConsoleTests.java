package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackService;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Somebody of this machine who asks for more than there is room for, while the operator has work to do. */
class BusyConsoleTests {

    private static final int MANY = 20;

    private static final String PREVIEW = "/enact/runs/01a2022e-2b01-7001-bd04-97da2de30497/rollback";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final CountDownLatch end = new CountDownLatch(1);

    /** How many have begun to work. */
    private final AtomicInteger inside = new AtomicInteger();

    private final AtomicReference<String> credential = new AtomicReference<>();

    private final ConsoleHandler console = new ConsoleHandler(
            new ConsoleSettings("/enact", true, Set.of(), false),
            ConsoleCredential.inMemory(this.credential::set),
            sources(ReceiptStore.inMemory(10)),
            Clock.systemUTC());

    private volatile boolean slow = true;

    @AfterEach
    void close() {
        this.end.countDown();
        this.threads.shutdownNow();
        this.console.close();
    }

    @Test
    void whoeverOnlyReadsTakesSoMuchAndNoMore() throws Exception {
        List<CompletableFuture<Integer>> readers = flood("/enact/receipts");

        assertThat(refused(readers)).isBetween(MANY / 2L, MANY - 1L);
        this.slow = false;
        assertThat(ask("/enact/receipts", null)).isEqualTo(503);
        assertThat(ask("/enact/receipts", signIn())).isEqualTo(200);
        this.end.countDown();
        for (CompletableFuture<Integer> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).isIn(200, 503);
        }
        assertThat(ask("/enact/receipts", null)).isEqualTo(200);
    }

    @Test
    void whoeverOnlyReadsKeepsNobodyFromRollingBack() throws Exception {
        assertThat(refused(flood(PREVIEW))).isBetween(MANY / 2L, MANY - 1L);
        this.slow = false;

        assertThat(ask(PREVIEW, null)).isEqualTo(503);
        assertThat(ask(PREVIEW, signIn())).isEqualTo(404);
    }

    /** Asks for the same many times at once. */
    private List<CompletableFuture<Integer>> flood(String path) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ask(path, null), this.threads))
                .toList();
    }

    /** How many are turned away while the others are inside. */
    private long refused(List<CompletableFuture<Integer>> readers) {
        Patience.awaiting("every reader, inside or turned away")
                .until(() -> this.inside.get() + ended(readers) >= MANY);
        assertThat(readers).filteredOn(CompletableFuture::isDone).allMatch(reader -> reader.join() == 503);
        return ended(readers);
    }

    private static long ended(List<CompletableFuture<Integer>> readers) {
        return readers.stream().filter(CompletableFuture::isDone).count();
    }

    /** What takes its time inside. */
    private void work() {
        if (this.slow) {
            this.inside.incrementAndGet();
            try {
                this.end.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ConsoleSources sources(ReceiptStore kept) {
        ReceiptStore store = (ReceiptStore) Proxy.newProxyInstance(
                ReceiptStore.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("query")) {
                        work();
                    }
                    try {
                        return method.invoke(kept, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
        RollbackService rollbacks = new RollbackService() {

            @Override
            public RollbackReport preview(RollbackRequest request) {
                work();
                throw ConsoleException.notFound();
            }

            @Override
            public RollbackReport rollback(RollbackRequest request) {
                throw ConsoleException.notFound();
            }
        };
        return new ConsoleSources(
                store,
                new ReceiptVerifier(kept, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET))),
                ReceiptContents.withoutKeys(),
                Masking.defaults(),
                null,
                null,
                rollbacks,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private int ask(String path, @Nullable String session) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Host", "localhost");
        if (session != null) {
            request.setCookies(new Cookie("enact-console-80", session));
        }
        return answer(request).getStatus();
    }

    private String signIn() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/enact/login");
        request.addHeader("Host", "localhost");
        request.setParameter("credential", this.credential.get());
        String cookie = answer(request).getHeader("Set-Cookie");
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private MockHttpServletResponse answer(MockHttpServletRequest request) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            this.console.handleRequest(request, response);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return response;
    }
}
