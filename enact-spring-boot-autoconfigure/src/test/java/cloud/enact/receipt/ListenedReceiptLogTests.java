package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners that fail in every way code can. */
class ListenedReceiptLogTests {

    private final List<String> heard = new ArrayList<>();

    private ReceiptLog log(ReceiptStore store, Throwable problem) {
        // a language without checked exceptions throws any of them
        AppendListener failing = (AppendListener) Proxy.newProxyInstance(
                AppendListener.class.getClassLoader(), new Class<?>[] {AppendListener.class}, (proxy, method, args) -> {
                    throw problem;
                });
        AppendListener next = new AppendListener() {

            @Override
            public void appended(Receipt receipt, Duration took) {
                ListenedReceiptLogTests.this.heard.add("appended");
            }

            @Override
            public void failed(ReceiptDraft draft, RuntimeException reason, Duration took) {
                ListenedReceiptLogTests.this.heard.add("failed");
            }
        };
        return Drafts.log(store).toldTo(() -> List.of(failing, next));
    }

    static Stream<Throwable> problems() {
        return Stream.of(
                new IllegalStateException("x"),
                new IOException("x"),
                new AssertionError("x"),
                new StackOverflowError(),
                new NoClassDefFoundError("x"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void noListenerChangesWhatBecomesOfAReceipt(Throwable problem) {
        Receipt receipt = log(ReceiptStore.inMemory(1), problem).append(Drafts.decided(Drafts.run()));

        assertThat(receipt.seq()).isEqualTo(1);
        assertThat(this.heard).containsExactly("appended");
    }

    @ParameterizedTest
    @MethodSource("problems")
    void noListenerChangesWhyAReceiptIsNotKept(Throwable problem) {
        ReceiptLog full = log(ReceiptStore.inMemory(1), problem);
        full.append(Drafts.decided(Drafts.run()));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> full.append(Drafts.decided(Drafts.run())));
        assertThat(this.heard).containsExactly("appended", "failed");
    }
}
