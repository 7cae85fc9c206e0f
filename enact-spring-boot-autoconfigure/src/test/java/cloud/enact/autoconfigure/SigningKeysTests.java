package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerificationKey;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.TestKeys;
import cloud.enact.receipt.VerificationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Keys as an application is given them, and what a change of them does to its log. */
@ExtendWith(OutputCaptureExtension.class)
class SigningKeysTests {

    private static final String SECRET = "the secret of this year, 32 characters";

    private static final String FORMER = "the secret of last year, 32 characters";

    @TempDir
    Path directory;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withBean(Lamp.class)
                .withPropertyValues("enact.receipts.file=" + this.directory.resolve("enact.db"))
                .withPropertyValues(properties);
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(this.directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String kid(AssertableApplicationContext context) {
        return context.getBean(ReceiptSigner.class).kid();
    }

    private void signsWith(String kid, String... properties) {
        application(properties)
                .withPropertyValues("enact.receipts.store=memory")
                .run(context -> assertThat(kid(context)).isEqualTo(kid));
    }

    private void refused(String[] properties, String... words) {
        application(properties).run(context -> {
            assertThat(context).hasFailed();
            EnactStartupException refusal = refusal(context.getStartupFailure());
            assertThat(refusal.getDescription() + " " + refusal.getAction())
                    .contains(words)
                    .doesNotContain(SECRET, FORMER, "MC4CAQ", this.directory.toString());
        });
    }

    private static EnactStartupException refusal(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof EnactStartupException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("Not refused with a remedy", failure);
    }

    @Test
    void aSecretComesFromAPropertyAFileOrTheEnvironment() throws IOException {
        String kid = ReceiptSigner.hs256(SECRET).kid();

        signsWith(kid, "enact.signing.secret=" + SECRET);
        signsWith(kid, "enact.signing.secret-file=" + file("secret", SECRET + "\n"));
        signsWith(kid, "ENACT_SECRET=" + SECRET);
        signsWith(kid, "ENACT_SECRET=" + FORMER, "enact.signing.secret-file=" + file("secret", SECRET + "\r\n"));
        signsWith("2026", "ENACT_SECRET=" + SECRET, "enact.signing.kid=2026");
    }

    @Test
    void aPrivateKeyComesAsTextFromALocationOrAFile() throws IOException {
        String kid = ReceiptSigner.ed25519(TestKeys.PRIVATE).kid();
        Path file = file("key.pem", TestKeys.PRIVATE);

        signsWith(kid, "enact.signing.private-key=" + TestKeys.PRIVATE);
        signsWith(kid, "enact.signing.private-key=" + file.toUri());
        signsWith(kid, "enact.signing.private-key-file=" + file);
        signsWith("audit", "enact.signing.private-key-file=" + file, "enact.signing.kid=audit");
    }

    @Test
    void aKeyThatEverybodyOnTheMachineCanReadIsAWarning(CapturedOutput output) throws IOException {
        Path file = file("secret", SECRET);
        application("enact.signing.secret-file=" + file).run(context -> {});
        assertThat(output).doesNotContain("chmod o-r");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        application("enact.signing.secret-file=" + file).run(context -> {});

        assertThat(output)
                .contains("WARN", "enact.signing.secret-file", "chmod o-r")
                .doesNotContain(SECRET);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        for (String property : List.of("enact.signing.secret-file", "enact.signing.private-key-file")) {
            refused(
                    new String[] {property + "=" + this.directory.resolve("absent")},
                    property,
                    "not there",
                    "chmod 600");
        }
        refused(new String[] {"enact.signing.secret-file=" + this.directory}, "not a file");
    }

    @Test
    void aSecretGivenAsAFileNameIsNotEchoed() {
        refused(new String[] {"enact.signing.secret-file=" + SECRET}, "enact.signing.secret-file", "not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp", "classpath:no-such-key.pem", "file:/no/such/key"})
    void aPrivateKeyThatCanNotBeReadIsRefusedAndNotEchoed(String value) {
        refused(
                new String[] {"enact.signing.private-key=" + value},
                "enact.signing.private-key",
                "-----BEGIN",
                "location");
    }

    @Test
    void aFileOfTheWrongKindIsRefused() throws IOException {
        refused(
                new String[] {"enact.signing.private-key-file=" + file("secret", SECRET)},
                "enact.signing.private-key-file",
                "openssl genpkey");
        refused(
                new String[] {"enact.signing.secret-file=" + file("short", "too short\n")},
                "enact.signing.secret-file",
                "9 characters",
                "at least 32");
        refused(new String[] {"enact.signing.secret-file=" + file("large", "x".repeat(70_000))}, "too large for a key");
    }

    @Test
    void twoKeysToSignWithAreRefused() throws IOException {
        refused(
                new String[] {
                    "enact.signing.secret=" + SECRET,
                    "enact.signing.private-key-file=" + file("key.pem", TestKeys.PRIVATE)
                },
                "enact.signing.secret and enact.signing.private-key-file",
                "only one",
                "enact.signing.verification-keys");
    }

    @Test
    void aNameThatNothingStandsBehindIsNoSecret() {
        refused(
                new String[] {"enact.signing.secret=${THE_SECRET_THAT_NOBODY_EVER_PUT_INTO_THE_ENVIRONMENT}"},
                "enact.signing.secret",
                "does not exist");
    }

    @Test
    void oneIdForTwoKeysIsRefused() {
        refused(
                new String[] {
                    "enact.signing.kid=a",
                    "enact.signing.secret=" + SECRET,
                    "enact.signing.verification-keys[0].kid=a",
                    "enact.signing.verification-keys[0].secret=" + FORMER
                },
                "'a'",
                "enact.signing.verification-keys");
        refused(
                new String[] {"enact.signing.secret=" + SECRET, "enact.signing.previous-secrets[0]=" + SECRET},
                "Two keys have the id");
    }

    @Test
    void aFormerKeyIsGivenInOneWay() {
        refused(
                new String[] {"enact.signing.secret=" + SECRET, "enact.signing.verification-keys[0].kid=a"},
                "enact.signing.verification-keys[0] holds no key");
        refused(
                new String[] {
                    "enact.signing.secret=" + SECRET,
                    "enact.signing.verification-keys[0].secret=" + FORMER,
                    "enact.signing.verification-keys[0].public-key=" + TestKeys.PUBLIC
                },
                "enact.signing.verification-keys[0].secret and enact.signing.verification-keys[0].public-key");
        refused(
                new String[] {"enact.signing.secret=" + SECRET, "enact.signing.previous-secrets[0]=short"},
                "enact.signing.previous-secrets[0]",
                "5 characters");
    }

    @Test
    void formerKeysVerifyInEveryFormTheyCanBeGivenIn() throws IOException {
        for (String key : List.of(
                "secret=" + FORMER,
                "secret-file=" + file("former", FORMER),
                "private-key=" + TestKeys.PRIVATE,
                "private-key-file=" + file("key.pem", TestKeys.PRIVATE),
                "public-key=" + TestKeys.PUBLIC,
                "public-key=" + file("key.pub.pem", TestKeys.PUBLIC).toUri(),
                "public-key-file=" + file("key.pub.pem", TestKeys.PUBLIC))) {
            application(
                            "enact.signing.secret=" + SECRET,
                            "enact.signing.verification-keys[0].kid=former",
                            "enact.signing.verification-keys[0]." + key)
                    .run(context ->
                            assertThat(context.getBean(ReceiptKeys.class).ids()).contains("former"));
        }
    }

    private List<ReceiptKind> kindsAfterACall(String... properties) {
        List<ReceiptKind> kinds = new java.util.ArrayList<>();
        application(properties).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Enact.class)
                            .run("lamp.on", Actor.of("a"), Map.of())
                            .passed())
                    .isTrue();
            assertThat(context.getBean(ReceiptVerifier.class).verifyAll().problems())
                    .isEmpty();
            ReceiptStore store = context.getBean(ReceiptStore.class);
            String log = store.logs().get(0);
            store.read(log, 1, 1000).forEach(receipt -> kinds.add(receipt.kind()));
        });
        return kinds;
    }

    @Test
    void theNextKeyIsIntroducedByTheFormerOne() {
        String[] before = {"enact.signing.secret=" + FORMER};
        assertThat(kindsAfterACall(before)).doesNotContain(ReceiptKind.KEY);

        for (String former : List.of("previous-secrets[0]", "verification-keys[0].secret")) {
            assertThat(kindsAfterACall("enact.signing.secret=" + SECRET, "enact.signing." + former + "=" + FORMER))
                    .containsOnlyOnce(ReceiptKind.KEY);
        }
    }

    @Test
    void aSecretIsFollowedByAPairAndThePairByAnother() throws IOException {
        kindsAfterACall("enact.signing.secret=" + FORMER);
        kindsAfterACall(
                "enact.signing.private-key-file=" + file("key.pem", TestKeys.PRIVATE),
                "enact.signing.previous-secrets[0]=" + FORMER);

        assertThat(kindsAfterACall(
                                "enact.signing.secret=" + SECRET,
                                "enact.signing.previous-secrets[0]=" + FORMER,
                                "enact.signing.verification-keys[0].private-key-file="
                                        + this.directory.resolve("key.pem"))
                        .stream()
                        .filter(kind -> kind == ReceiptKind.KEY))
                .hasSize(2);
        // from then on its public half is enough, with that of the key its checkpoints were signed with
        kindsAfterACall(
                "enact.signing.secret=" + SECRET,
                "enact.signing.previous-secrets[0]=" + FORMER,
                "enact.signing.verification-keys[0].public-key=" + TestKeys.PUBLIC,
                "enact.receipts.checkpoints.verification-keys[0]="
                        + CheckpointSigner.derivedFrom(
                                        CheckpointSigner.DEFAULT_NAME, ReceiptSigner.ed25519(TestKeys.PRIVATE))
                                .key());
    }

    @Test
    void anApplicationThatForgotItsFormerKeyDoesNotStart() {
        kindsAfterACall("enact.signing.secret=" + FORMER);

        refused(
                new String[] {"enact.signing.secret=" + SECRET},
                ReceiptSigner.hs256(FORMER).kid(),
                "enact.signing.verification-keys",
                "enact.signing.lost-keys");
    }

    @Test
    void aStoreOfTheTimeWithoutASecretIsLeftBehind() {
        kindsAfterACall("enact.signing.allow-insecure-secret=true");

        refused(
                new String[] {"enact.signing.secret=" + SECRET},
                "enact.signing.allow-insecure-secret",
                "another enact.receipts.file");
    }

    @Test
    void aLostKeyIsGivenUpByName() {
        kindsAfterACall("enact.signing.secret=" + FORMER);
        String lost = ReceiptSigner.hs256(FORMER).kid();

        application("enact.signing.secret=" + SECRET, "enact.signing.lost-keys=" + lost)
                .run(context -> {
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());

                    // what the lost key signed can't be checked, and that is said; what follows it can
                    ReceiptVerifier verifier = context.getBean(ReceiptVerifier.class);
                    assertThat(verifier.verifyAll().problems())
                            .isNotEmpty()
                            .allSatisfy(problem -> assertThat(problem.state()).isEqualTo(VerificationState.UNKNOWN_KEY))
                            .anySatisfy(problem -> assertThat(problem.detail()).contains(lost, "not configured"));
                    Receipt last = context.getBean(ReceiptStore.class)
                            .query(ReceiptFilter.ofAction("lamp.on"), null, 1)
                            .receipts()
                            .get(0);
                    assertThat(verifier.verify(last.runId()).valid()).isTrue();
                });
        refused(
                new String[] {
                    "enact.signing.secret=" + SECRET,
                    "enact.signing.previous-secrets[0]=" + FORMER,
                    "enact.signing.lost-keys=" + lost
                },
                lost,
                "named as lost");
    }

    @Test
    void aServiceThatCanNotSignBlocksTheCall(CapturedOutput output) {
        AtomicInteger calls = new AtomicInteger();
        UnaryOperator<byte[]> service = bytes -> {
            if (calls.incrementAndGet() > 3) {
                throw new IllegalStateException("GET https://kms.example.org/?token=s3cr3t-t0ken failed");
            }
            return ReceiptSigner.ed25519(TestKeys.PRIVATE).sign(bytes);
        };
        ReceiptSigner signer =
                ReceiptSigner.remote(ReceiptVerificationKey.ed25519("kms", TestKeys.PUBLIC), service, SECRET);

        application().withBean(ReceiptSigner.class, () -> signer).run(context -> {
            // the configuration, the decision and the outcome of the first call
            assertThat(context.getBean(Enact.class)
                            .run("lamp.on", Actor.of("a"), Map.of())
                            .passed())
                    .isTrue();
            Lamp lamp = context.getBean(Lamp.class);
            assertThat(lamp.switched()).isEqualTo(1);

            var second = context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());

            assertThat(second.passed()).isFalse();
            assertThat(second.toString()).doesNotContain("t0ken");
            assertThat(lamp.switched()).isEqualTo(1);
        });
        assertThat(output).doesNotContain("t0ken");
    }

    static class Lamp {

        private int switched;

        @EnactAction("lamp.on")
        public void on() {
            this.switched++;
        }

        public int switched() {
            return this.switched;
        }
    }
}
