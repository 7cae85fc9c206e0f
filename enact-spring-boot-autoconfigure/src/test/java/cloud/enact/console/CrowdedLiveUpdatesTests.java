package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** More pages that wait for receipts than there is room for. */
class CrowdedLiveUpdatesTests {

    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void whoeverOnlyReadsPushesNobodyOutWhoMayChangeSomething() throws Exception {
        try (LiveUpdates updates = new LiveUpdates(ReceiptStore.inMemory(10))) {
            join(updates, "first", false);
            join(updates, "operator", true);
            for (int i = 0; i < LiveUpdates.MOST_CLIENTS * 3; i++) {
                join(updates, "reader", false);
            }

            assertThat(this.ended)
                    .hasSize(LiveUpdates.MOST_CLIENTS * 2 + 2)
                    .startsWith("first")
                    .doesNotContain("operator");
        }
    }

    @Test
    void amongThemselvesTheOldestMakesRoom() throws Exception {
        try (LiveUpdates updates = new LiveUpdates(ReceiptStore.inMemory(10))) {
            for (int i = 0; i <= LiveUpdates.MOST_CLIENTS; i++) {
                join(updates, "operator " + i, true);
            }

            assertThat(this.ended).containsExactly("operator 0");
        }
    }

    /** An empty mark is that of an empty store: nobody hears of anything. */
    private void join(LiveUpdates updates, String who, boolean mayChange) throws IOException {
        ConsoleExchange.Held held = last -> this.ended.add(who);
        ConsoleExchange exchange = (ConsoleExchange) Proxy.newProxyInstance(
                ConsoleExchange.class.getClassLoader(),
                new Class<?>[] {ConsoleExchange.class},
                (proxy, method, args) -> held);
        updates.answer(exchange, "", mayChange);
    }
}
