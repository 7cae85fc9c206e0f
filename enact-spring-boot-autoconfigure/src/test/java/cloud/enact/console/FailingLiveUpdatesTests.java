package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import cloud.enact.receipt.ReceiptStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Live updates of a store that fails with what nobody expects. */
class FailingLiveUpdatesTests {

    private final AtomicBoolean failed = new AtomicBoolean();

    @Test
    void pagesHearOfReceiptsAfterTheStoreHasFailedOnce() throws Exception {
        try (LiveUpdates updates = new LiveUpdates(failsOnce(ReceiptStore.inMemory(10)))) {
            MockHttpServletRequest request = new MockHttpServletRequest();
            request.setAsyncSupported(true);
            MockHttpServletResponse response = new MockHttpServletResponse();

            updates.answer(new ServletExchange(request, response), "a-receipt-that-is-gone", false);

            String event =
                    Patience.awaiting("an event").until(response::getContentAsString, content -> !content.isEmpty());
            assertThat(this.failed).isTrue();
            assertThat(event).contains("event: receipts");
        }
    }

    @Test
    void aPageHearsOfReceiptsWhateverIsTheMatterWithAnother() throws Exception {
        try (LiveUpdates updates = new LiveUpdates(ReceiptStore.inMemory(10))) {
            CompletableFuture<String> heard = new CompletableFuture<>();

            updates.answer(
                    held(last -> {
                        throw new NullPointerException("the request is recycled");
                    }),
                    "a-receipt-that-is-gone",
                    false);
            updates.answer(held(last -> heard.complete(new String(last, StandardCharsets.US_ASCII))), "another", false);

            assertThat(heard.get(20, TimeUnit.SECONDS)).contains("event: receipts");
        }
    }

    private static ConsoleExchange held(ConsoleExchange.Held held) {
        return (ConsoleExchange) Proxy.newProxyInstance(
                ConsoleExchange.class.getClassLoader(),
                new Class<?>[] {ConsoleExchange.class},
                (proxy, method, args) -> held);
    }

    private ReceiptStore failsOnce(ReceiptStore store) {
        return (ReceiptStore) Proxy.newProxyInstance(
                ReceiptStore.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("query") && this.failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("the pool is shut down");
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
