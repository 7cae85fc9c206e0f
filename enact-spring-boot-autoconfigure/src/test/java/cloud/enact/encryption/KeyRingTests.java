package cloud.enact.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyRingTests {

    private static final byte[] CONTEXT = "receipt 1".getBytes(StandardCharsets.UTF_8);

    private static final byte[] PLAIN = "content".getBytes(StandardCharsets.UTF_8);

    private final KeyTable table = KeyTable.inMemory();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));

    private final Clock clock = ((InstantSource) this.now::get).withZone(ZoneOffset.UTC);

    private final KeyRing ring = ring(master(1));

    private static MasterKey master(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return MasterKey.aes256(key);
    }

    private KeyRing ring(MasterKey current, MasterKey... former) {
        return new KeyRing(this.table, MasterKeys.of(current, List.of(former)), this.clock);
    }

    @Test
    void eachSubjectHasAKeyOfItsOwn() {
        DataKey alice = this.ring.of("alice");

        assertThat(this.ring.of("alice").kid()).isEqualTo(alice.kid());
        assertThat(this.ring.of("bob").kid()).isNotEqualTo(alice.kid());
        assertThat(this.ring.find(alice.kid()).open(CONTEXT, alice.seal(CONTEXT, PLAIN)))
                .isEqualTo(PLAIN);
        assertThat(ring(master(1)).of("alice").open(CONTEXT, alice.seal(CONTEXT, PLAIN)))
                .isEqualTo(PLAIN);
        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> this.ring.of("bob").open(CONTEXT, alice.seal(CONTEXT, PLAIN)));
    }

    @Test
    void noNonceComesTwice() {
        DataKey key = this.ring.of("alice");
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            nonces.add(Arrays.toString(key.seal(CONTEXT, PLAIN).iv()));
        }
        assertThat(nonces).hasSize(20_000);
    }

    @Test
    void aKeyThatIsDroppedWhileSomebodyLooksItUpIsForgotten() {
        String kid = this.ring.of("alice").kid();
        AtomicReference<KeyRing> dropping = new AtomicReference<>();
        KeyTable slow = (KeyTable) Proxy.newProxyInstance(
                KeyTable.class.getClassLoader(), new Class<?>[] {KeyTable.class}, (proxy, method, args) -> {
                    Object found = method.invoke(this.table, args);
                    if (method.getName().equals("findBySubject")) {
                        dropping.get().drop(kid);
                    }
                    return found;
                });
        dropping.set(new KeyRing(slow, MasterKeys.of(master(1)), this.clock));

        dropping.get().of("alice");

        assertThatExceptionOfType(ErasedKeyException.class)
                .isThrownBy(() -> dropping.get().find(kid));
        assertThat(dropping.get().of("alice").kid()).isNotEqualTo(kid);
    }

    @Test
    void whatADroppedKeyEncryptedIsErasedForEver() {
        DataKey first = this.ring.of("alice");
        Sealed sealed = first.seal(CONTEXT, PLAIN);

        assertThat(this.ring.drop(first.kid())).isTrue();

        assertThatExceptionOfType(ErasedKeyException.class).isThrownBy(() -> this.ring.find(first.kid()));
        assertThat(this.ring.kidOf("alice")).isEmpty();
        DataKey second = this.ring.of("alice");
        assertThat(second.kid()).isNotEqualTo(first.kid());
        assertThatExceptionOfType(EncryptionException.class).isThrownBy(() -> second.open(CONTEXT, sealed));
    }

    @Test
    void anotherProcessForgetsADroppedKeyWithinASecond() {
        KeyRing other = ring(master(1));
        String kid = this.ring.of("alice").kid();
        other.of("alice");
        other.find(kid);

        this.ring.drop(kid);
        this.now.updateAndGet(time -> time.plus(KeyRing.STALE));

        assertThatExceptionOfType(ErasedKeyException.class).isThrownBy(() -> other.find(kid));
        assertThat(other.of("alice").kid()).isNotEqualTo(kid);
    }

    @Test
    void theTableTellsNothingAboutASubject() {
        String kid = this.ring.of("alice@example.org").kid();
        WrappedKey kept = this.table.find(kid).orElseThrow();

        assertThat(kid).doesNotContain("alice");
        assertThat(kept.subject()).hasSize(32);
        // another installation has another index
        KeyTable elsewhere = KeyTable.inMemory();
        String there = new KeyRing(elsewhere, MasterKeys.of(master(1)), this.clock)
                .of("alice@example.org")
                .kid();
        assertThat(elsewhere.find(there).orElseThrow().subject()).isNotEqualTo(kept.subject());
    }

    @Test
    void aWrappedKeyDoesNotUnwrapForAnotherSubject() {
        WrappedKey alice = this.table.find(this.ring.of("alice").kid()).orElseThrow();
        WrappedKey bob = this.table.find(this.ring.of("bob").kid()).orElseThrow();
        this.table.rewrap(new WrappedKey(alice.kid(), alice.subject(), bob.master(), bob.wrapped()));

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> ring(master(1)).find(alice.kid()));
    }

    @Test
    void anotherMasterKeyIsRefused() {
        this.ring.check();

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> ring(master(2)).check())
                .withMessageContaining("former master keys");
    }

    @Test
    void aMasterKeyCanBeReplaced() {
        DataKey alice = this.ring.of("alice");
        Sealed sealed = alice.seal(CONTEXT, PLAIN);
        String bob = this.ring.of("bob").kid();
        this.ring.drop(bob);

        KeyRing both = ring(master(2), master(1));
        assertThat(both.of("alice").open(CONTEXT, sealed)).isEqualTo(PLAIN);
        assertThat(both.rewrap()).isEqualTo(2);
        assertThat(both.rewrap()).isZero();

        KeyRing fresh = ring(master(2));
        fresh.check();
        assertThat(fresh.of("alice").open(CONTEXT, sealed)).isEqualTo(PLAIN);
        assertThatExceptionOfType(ErasedKeyException.class).isThrownBy(() -> fresh.find(bob));
        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> ring(master(1)).check());
    }

    @Test
    void aKeyThatIsNotThereIsMissingNotErased() {
        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> this.ring.find("kUnknown"))
                .isNotInstanceOf(ErasedKeyException.class)
                .withMessageContaining("kUnknown");
    }

    @Test
    void aKeyOfNobodyCanNotBeDropped() {
        String kid = this.ring.named("blobs").kid();

        assertThatIllegalArgumentException().isThrownBy(() -> this.ring.drop(kid));
        assertThat(this.ring.named("blobs").kid()).isEqualTo(kid);
        assertThat(this.ring.drop("kUnknown")).isFalse();
    }

    @Test
    void aMasterKeyIsThirtyTwoBytesAndNeverEchoed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.aes256("c2hvcnQ="))
                .withMessageContaining("32 bytes")
                .withMessageNotContaining("c2hvcnQ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.aes256("not base64!"))
                .withMessageNotContaining("!")
                .withNoCause();
        assertThat(master(1).id())
                .isEqualTo(master(1).id())
                .isNotEqualTo(master(2).id());
        assertThatIllegalArgumentException().isThrownBy(() -> MasterKeys.of(master(1), List.of(master(1))));
    }
}
