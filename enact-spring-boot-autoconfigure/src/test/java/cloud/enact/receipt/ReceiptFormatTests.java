package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptFormatTests {

    private final ReceiptLog log = Drafts.log(ReceiptStore.inMemory(10));

    private final Receipt receipt = this.log.append(Drafts.decided(Drafts.run()));

    private byte[] with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new TreeMap<>(this.receipt.fields());
        fields.put(name, value);
        return CanonicalJson.write(fields);
    }

    @Test
    void theBytesAreFrozen() {
        // made once and kept: a change of this text is a change of the format
        String text = "{\"action\":\"crm.delete_customer\",\"action_id\":\"0193499c-8f80-7000-8000-000000000001\","
                + "\"actor\":{\"id\":\"support@example.org\",\"roles\":[\"admin\",\"support\"],\"source\":\"caller\"},"
                + "\"alg\":\"HS256\",\"decision\":\"PASS\",\"kid\":\"k1\",\"kind\":\"COMPLETED\",\"log\":\"test\","
                + "\"mode\":\"enforce\",\"outcome\":\"SUCCEEDED\",\"prev\":\"" + "0".repeat(64) + "\","
                + "\"resource\":{\"id\":\"42\",\"type\":\"customer\"},\"reversibility\":\"REVERSIBLE\","
                + "\"run_id\":\"0193499c-8f80-7000-8000-000000000002\",\"seq\":1,";
        ActionRequest request = new ActionRequest(
                UUID.fromString("0193499c-8f80-7000-8000-000000000001"),
                new Run(RunId.parse("0193499c-8f80-7000-8000-000000000002"), "refund"),
                null,
                "crm.delete_customer",
                Map.of(),
                Actor.of("support@example.org", "support", "admin"),
                new ResourceRef("customer", "42"),
                Reversibility.REVERSIBLE,
                Drafts.NOW);
        ReceiptLog frozen = ReceiptLog.direct(
                "test",
                ReceiptStore.inMemory(1),
                ReceiptSigner.hs256("k1", Drafts.SECRET),
                Masking.defaults(),
                Drafts.CLOCK);

        Receipt completed = frozen.append(ReceiptDraft.completed(
                request,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                List.of()));

        assertThat(new String(completed.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text + "\"signature\":\"" + completed.signature()
                        + "\",\"system\":\"crm\",\"timestamp\":\"2026-11-20T12:00:00.123456Z\",\"v\":1,"
                        + "\"workflow\":\"refund\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action",
                "action_id",
                "actor",
                "alg",
                "kid",
                "kind",
                "log",
                "prev",
                "run_id",
                "seq",
                "signature",
                "system",
                "timestamp",
                "v"
            })
    void aMissingFieldIsNamed(String name) {
        Map<String, @Nullable Object> fields = new TreeMap<>(this.receipt.fields());
        fields.remove(name);

        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> Receipt.parse(CanonicalJson.write(fields)))
                .withMessageContaining("'" + name + "' is missing");
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("action", 1L),
                Arguments.of("action_id", "0193499C-8F80-7000-8000-000000000001"),
                Arguments.of("action_id", "0b0f1f5e-63b4-4b1e-8a5c-0123456789ab"),
                Arguments.of("actions_reversed", Map.of()),
                Arguments.of("actions_taken", List.of("step")),
                Arguments.of("actor", "a@example.org"),
                Arguments.of("actor", Map.of("id", 1L)),
                Arguments.of("alg", "none of these algorithms"),
                Arguments.of("decision", null),
                Arguments.of("kid", "a:b"),
                Arguments.of("kind", "DELETED"),
                Arguments.of("log", "../log"),
                Arguments.of("mode", "ENFORCE"),
                Arguments.of("original_run_id", "x"),
                Arguments.of("outcome", List.of()),
                Arguments.of("parent_action_id", null),
                Arguments.of("payload", "text"),
                Arguments.of("payload_digest", "sha256:00"),
                Arguments.of("payload_salt", "a"),
                Arguments.of("policy_results", List.of(List.of())),
                Arguments.of("prev", "A".repeat(64)),
                Arguments.of("prev", ""),
                Arguments.of("resource", Map.of("id", "42")),
                Arguments.of("reversibility", "MAYBE"),
                Arguments.of("run_id", "0b0f1f5e-63b4-4b1e-8a5c-0123456789ab"),
                Arguments.of("seq", 0L),
                Arguments.of("seq", 1.5),
                Arguments.of("seq", "1"),
                Arguments.of("signature", "a=="),
                // the last bits of the last character are not part of a byte: a second text for the same signature
                Arguments.of("signature", "AB"),
                Arguments.of("timestamp", "2026-11-20T12:00:00Z"),
                Arguments.of("timestamp", "2026-02-30T12:00:00.000000Z"),
                Arguments.of("timestamp", "2026-11-20T12:00:00.00000\u0660Z"),
                Arguments.of("v", 2L),
                Arguments.of("v", "1"),
                Arguments.of("extra", "field"));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void aWrongFieldIsRefused(String name, @Nullable Object value) {
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> Receipt.parse(with(name, value)));
    }

    @Test
    void fieldsThatLaterVersionsOfTheApplicationFillAreKnownAlready() {
        byte[] bytes = with("approval", Map.of("id", "1", "approver", "boss@example.org"));

        assertThat(Receipt.parse(bytes).fields()).containsKey("approval");
    }

    @Test
    void everyKindAndModeIsRead() {
        for (ReceiptKind kind : ReceiptKind.values()) {
            assertThat(Receipt.parse(with("kind", kind.name())).kind()).isEqualTo(kind);
        }
        assertThat(Receipt.parse(with("mode", "observe")).mode()).isEqualTo(EnactMode.OBSERVE);
    }

    @Test
    void whatAStoreCannotReadComesBackDamaged() {
        Receipt damaged = Receipt.stored("test", 7, new byte[] {1, 2});

        assertThat(damaged.damage()).isNotBlank();
        assertThat(damaged.seq()).isEqualTo(7);
        assertThat(damaged.bytes()).containsExactly(1, 2);
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(damaged::fields);
        assertThat(Receipt.stored("test", 2, this.receipt.bytes()).damage()).contains("another log or place");
        assertThat(Receipt.stored("other", 1, this.receipt.bytes()).damage()).contains("another log or place");
        assertThat(Receipt.stored("test", 1, this.receipt.bytes()).damage()).isNull();
    }

    @Test
    void theBytesOfAReceiptCanNotBeChangedFromOutside() {
        byte[] given = this.receipt.bytes();
        Receipt parsed = Receipt.parse(given);

        given[0] = 0;
        parsed.bytes()[0] = 0;

        assertThat(parsed).isEqualTo(this.receipt);
    }

    @Test
    void anActionWithoutAVersion7IdIsRefusedBeforeItIsLogged() {
        ReceiptDraft draft = Drafts.decided(Drafts.run());
        ReceiptDraft random = new ReceiptDraft(
                draft.kind(),
                draft.runId(),
                UUID.fromString("0b0f1f5e-63b4-4b1e-8a5c-0123456789ab"),
                null,
                draft.timestamp(),
                draft.action(),
                draft.system(),
                null,
                null,
                null,
                draft.actor(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.log.append(random))
                .withMessageContaining("version 7");
    }
}
