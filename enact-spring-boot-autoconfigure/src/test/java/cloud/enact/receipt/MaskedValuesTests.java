package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked in one place of a receipt is masked in all others, and where secrets are named by a neighbour. */
class MaskedValuesTests {

    private final Masking masking = Masking.defaults();

    private final ReceiptLog log = Drafts.log(ReceiptStore.inMemory(100));

    @Test
    void passwordInACommandIsMaskedWhereverElseItStands() {
        assertThat(this.masking.mask(Map.of(
                        "a",
                        "hunter22 is wrong",
                        "command",
                        "DB_PASSWORD=hunter22 psql",
                        "list",
                        List.of("x hunter22"))))
                .isEqualTo(Map.of(
                        "a", "*** is wrong",
                        "command", "DB_PASSWORD=***secret-value*** psql",
                        "list", List.of("x ***")));
    }

    @Test
    void shortValuesAndFlagsAreWordsLikeAnyOther() {
        assertThat(this.masking.mask(Map.of("password", "abc", "token", true, "text", "abc is true")))
                .isEqualTo(Map.of("password", "***", "token", true, "text", "abc is true"));
    }

    @Test
    void numbersAndPartsOfASecretAreMaskedAndTheLongestFirst() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("otp", 123456);
        values.put("credentials", Map.of("first", "hunter22", "second", List.of("hunter2222")));
        values.put("authorization", "Bearer shorty77");
        values.put("text", "123456, hunter2222, hunter22 and shorty77");

        assertThat(this.masking.mask(values)).containsEntry("text", "***, ***, *** and ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "Name", "key", "KEY"})
    void valueIsMaskedWhereItsNameIsAValueToo(String label) {
        assertThat(this.masking.mask(
                        Map.of("h", List.of(Map.of(label, "Authorization", "Value", "abc", "other", "x")))))
                .isEqualTo(Map.of("h", List.of(Map.of(label, "Authorization", "Value", "***", "other", "x"))));
        assertThat(this.masking.mask(Map.of(label, "colour", "value", "red"))).containsEntry("value", "red");
    }

    @Test
    void valueBehindAnOptionIsMaskedInAListOfArguments() {
        List<Object> argv = Arrays.asList(
                "db", "--password", "x", "--user", "app", "--api-key=abc", "--token", null, "-p", "y", "--password");

        assertThat(this.masking.mask(Map.of("argv", argv)))
                .isEqualTo(Map.of(
                        "argv",
                        Arrays.asList(
                                "db",
                                "--password",
                                "***",
                                "--user",
                                "app",
                                "--api-key=***",
                                "--token",
                                null,
                                "-p",
                                "y",
                                "--password")));
    }

    @Test
    void secretThatIsCutOutOfTheReceiptIsStillMaskedInItsReasons() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            many.add("element " + i);
        }
        many.add(Map.of("password", "hunter22"));
        ActionRequest request = Drafts.request(Drafts.run(), Map.of("many", many));
        Decision decision =
                Decision.of(List.of(Verdict.block("p", "hunter22 is too short")), EnactMode.ENFORCE, "sha256:00");

        Receipt receipt = this.log.append(ReceiptDraft.decided(request, decision, EnactMode.ENFORCE));

        assertThat(text(receipt)).doesNotContain("hunter22").contains("*** is too short");
    }

    @Test
    void verdictThatIsRememberedIsNotRememberedUnmasked() {
        Decision decision = Decision.of(List.of(Verdict.pass("p", "hunter22 is fine")), EnactMode.ENFORCE, "sha256:00");

        Receipt open = this.log.append(ReceiptDraft.decided(
                Drafts.request(Drafts.run(), Map.of("user", "hunter22")), decision, EnactMode.ENFORCE));
        Receipt secret = this.log.append(ReceiptDraft.decided(
                Drafts.request(Drafts.run(), Map.of("password", "hunter22")), decision, EnactMode.ENFORCE));

        assertThat(text(open)).contains("hunter22 is fine");
        assertThat(text(secret)).contains("*** is fine").doesNotContain("hunter22");
    }

    @Test
    void completedReceiptRepeatsNoArgumentAndShowsNoSecretOfThem() {
        ActionRequest request = Drafts.request(Drafts.run(), Map.of("password", "hunter22", "id", 42L));

        Receipt receipt = this.log.append(ReceiptDraft.completed(
                request,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                request.reversibility(),
                Map.of("status", "FAILED", "error", "hunter22 was refused"),
                List.of()));

        assertThat(receipt.fields()).doesNotContainKeys("payload", "payload_digest");
        assertThat(text(receipt)).contains("*** was refused").doesNotContain("hunter22");
    }

    @Test
    void textMadeToBeSlowIsReadInOnePass() {
        String almost = "a".repeat(4000);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("password", almost + "b");
        values.put("text", "a".repeat(4_000_000));

        assertThat(this.masking.mask(values)).containsEntry("password", "***");
    }

    @Test
    void whatRepeatsItselfIsFound() {
        assertThat(this.masking.mask(Map.of("password", "abcabcabd", "text", "abcabcabcabd abcabcab")))
                .containsEntry("text", "abc*** abcabcab");
    }

    private static String text(Receipt receipt) {
        return new String(receipt.bytes(), StandardCharsets.UTF_8);
    }
}
