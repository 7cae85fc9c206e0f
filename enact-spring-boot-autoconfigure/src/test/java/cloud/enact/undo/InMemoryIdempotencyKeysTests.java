package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InMemoryIdempotencyKeysTests extends IdempotencyKeysContract {

    private final IdempotencyKeys keys = IdempotencyKeys.inMemory();

    @Override
    protected IdempotencyKeys keys() {
        return this.keys;
    }

    @Test
    void fullMemoryRefusesTheNextKey() {
        for (int i = 0; i < 10_000; i++) {
            this.keys.take("email", "key-" + i, "digest", "attempt");
        }

        assertThatThrownBy(() -> this.keys.take("email", "one-more", "digest", "attempt"))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("full");
    }
}
