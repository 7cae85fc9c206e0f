package cloud.enact.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every table of wrapped keys promises. */
public abstract class KeyTableContract {

    protected abstract KeyTable table();

    private static WrappedKey key(String kid, String subject) {
        return new WrappedKey(kid, bytes(subject), "m1", bytes("wrapped " + kid));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("1. a key is found by its id and by its subject, as it was put")
    void roundTrip() {
        table().putIfAbsent(key("k1", "alice"));

        WrappedKey found = table().find("k1").orElseThrow();
        assertThat(found.wrapped()).isEqualTo(bytes("wrapped k1"));
        assertThat(found.master()).isEqualTo("m1");
        assertThat(table().findBySubject(bytes("alice")).orElseThrow().kid()).isEqualTo("k1");
        assertThat(table().findBySubject(bytes("bob"))).isEmpty();
        assertThat(table().find("k2")).isEmpty();
        assertThat(table().isEmpty()).isFalse();
    }

    @Test
    @DisplayName("2. of all that put a key for one subject one wins, and all hear which")
    void oneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> puts = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String kid = "k" + i;
                puts.add(() -> table().putIfAbsent(key(kid, "alice")).kid());
            }
            Set<String> winners = threads.invokeAll(puts).stream()
                    .map(KeyTableContract::result)
                    .collect(Collectors.toSet());
            assertThat(winners).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String result(Future<String> future) {
        try {
            return future.get();
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    @DisplayName("3. an erased key is remembered by its id alone, and never comes back")
    void erased() {
        table().putIfAbsent(key("k1", "alice"));

        assertThat(table().erase("k1")).isTrue();
        assertThat(table().erase("k1")).isTrue();
        assertThat(table().erase("k2")).isFalse();
        assertThat(table().find("k1").orElseThrow().isErased()).isTrue();
        assertThat(table().findBySubject(bytes("alice"))).isEmpty();
        table().rewrap(key("k1", "alice"));
        assertThat(table().putIfAbsent(key("k1", "alice")).isErased()).isTrue();
        assertThat(table().find("k1").orElseThrow().wrapped()).isNull();
    }

    @Test
    @DisplayName("4. a subject whose key was erased gets another one")
    void again() {
        table().putIfAbsent(key("k1", "alice"));
        table().erase("k1");

        assertThat(table().putIfAbsent(key("k2", "alice")).kid()).isEqualTo("k2");
        assertThat(table().findBySubject(bytes("alice")).orElseThrow().kid()).isEqualTo("k2");
    }

    @Test
    @DisplayName("5. keys of other master keys come page by page, and can be wrapped anew")
    void rewrapped() {
        for (int i = 0; i < 5; i++) {
            table().putIfAbsent(key("k" + i, "subject " + i));
        }
        table().erase("k2");
        table().rewrap(new WrappedKey("k0", bytes("subject 0"), "m2", bytes("anew")));

        assertThat(table().find("k0").orElseThrow().wrapped()).isEqualTo(bytes("anew"));
        assertThat(table().wrappedByOthers("m2", null, 2))
                .extracting(WrappedKey::kid)
                .containsExactly("k1", "k3");
        assertThat(table().wrappedByOthers("m2", "k3", 2))
                .extracting(WrappedKey::kid)
                .containsExactly("k4");
        assertThat(table().wrappedByOthers("m1", null, 10))
                .extracting(WrappedKey::kid)
                .containsExactly("k0");
    }
}
