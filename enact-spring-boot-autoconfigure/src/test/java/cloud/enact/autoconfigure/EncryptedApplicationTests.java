package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.SubjectResolver;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLimits;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.SubjectErasure;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that encrypts what it keeps. */
class EncryptedApplicationTests {

    private static final String KEY = "enact.receipts.encryption.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String OTHER_KEY =
            "enact.receipts.encryption.key=HxwdHh8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRo=";

    private static final String PREVIOUS =
            "enact.receipts.encryption.previous-keys=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String ENABLED = "enact.receipts.encryption.enabled=true";

    private static final String OLD = "Maria Muster was born in 1970";

    private static final String NEW = "Maria Muster moved to Bern";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeRoot() throws IOException {
        Files.createDirectories(this.folder.resolve("desk"));
        Files.writeString(this.folder.resolve("desk/maria.txt"), OLD);
    }

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Desk.class)
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.folder.resolve("data/enact.db"),
                        "enact.receipts.json-dir=" + this.folder.resolve("copies"),
                        "enact.filesystem.root=" + this.folder.resolve("desk"),
                        "enact.filesystem.operations=write_file")
                .withPropertyValues(properties);
    }

    private static ActionResult note(Enact enact, String customer) {
        return enact.run("desk.note", Actor.of("clerk"), Map.of("customer", customer, "text", NEW));
    }

    private static RunView view(ApplicationContext context, RunId run) {
        return context.getBean(ReceiptVerifier.class).view(run).orElseThrow();
    }

    private String kept() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String directory : List.of("data", "copies")) {
            try (Stream<Path> files = Files.walk(this.folder.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all.toString();
    }

    @Test
    void nothingOfWhatActionsWereAboutIsReadableOnTheDiskAndAllOfItThroughTheApplication() throws IOException {
        application(KEY, ENABLED).run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult outcome = note(enact, "maria");

            assertThat(outcome.passed()).isTrue();
            assertThat(view(context, outcome.runId()).toJson()).contains(NEW, "decrypted");
            RollbackReport report = enact.rollback(outcome.runId());
            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.folder.resolve("desk/maria.txt")).hasContent(OLD);
            RollbackReport redo = enact.rollback(report.rollbackRunId());
            assertThat(redo.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.folder.resolve("desk/maria.txt")).hasContent(NEW);
            assertThat(context.getBean(ReceiptVerifier.class).verifyAll().valid())
                    .isTrue();
        });

        assertThat(kept()).doesNotContain("Muster").doesNotContain("maria.txt").contains("desk.note");
    }

    @Test
    void withoutEncryptionAllOfItIsReadableOnTheDisk() throws IOException {
        application().run(context -> note(context.getBean(Enact.class), "maria"));

        assertThat(kept()).contains(NEW).contains(OLD).contains("maria.txt");
    }

    @Test
    void droppingASubjectErasesItAloneAndItsUndoFailsAsAWhole() {
        application(KEY, ENABLED)
                .withBean(SubjectResolver.class, () -> CUSTOMERS)
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);
                    ActionResult maria = note(enact, "maria");
                    ActionResult otto = note(enact, "otto");

                    String kid = context.getBean(SubjectErasure.class)
                            .erase("maria", Actor.of("officer"), "request 17")
                            .orElseThrow();

                    assertThat(view(context, maria.runId()).toJson())
                            .contains("erased")
                            .doesNotContain("Muster");
                    assertThat(view(context, otto.runId()).toJson()).contains(NEW);
                    RollbackReport report = enact.rollback(maria.runId());
                    assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
                    assertThat(report.steps())
                            .extracting(StepRestoration::restoration)
                            .containsOnly(Restoration.FAILED);
                    assertThat(report.steps().get(0).detail()).contains("is erased");
                    assertThat(this.folder.resolve("desk/maria.txt")).hasContent(NEW);
                    assertThat(enact.rollback(otto.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(this.folder.resolve("desk/otto.txt")).doesNotExist();

                    List<Receipt> told = context.getBean(ReceiptStore.class)
                            .query(ReceiptFilter.ofAction(SubjectErasure.ACTION), null, 10)
                            .receipts();
                    assertThat(told).hasSize(2);
                    assertThat(told.get(0).fields()).containsEntry("outcome", "SUCCEEDED");
                    assertThat(told.get(1).fields())
                            .extractingByKey("payload")
                            .isEqualTo(Map.of("kid", kid, "reason", "request 17"));
                    assertThat(new String(told.get(1).bytes(), StandardCharsets.UTF_8))
                            .doesNotContain("maria");
                    assertThat(context.getBean(ReceiptVerifier.class)
                                    .verifyAll()
                                    .valid())
                            .isTrue();

                    ActionResult later = note(enact, "maria");
                    assertThat(view(context, later.runId()).toJson()).contains(NEW);
                    assertThat(context.getBean(SubjectErasure.class).erase("nobody", Actor.of("officer"), null))
                            .isEmpty();
                });
    }

    private static final SubjectResolver CUSTOMERS =
            (action, actor, args) -> (args.get("customer") instanceof String customer) ? customer : null;

    @Test
    void anErasureOutlivesARestart() {
        RunId[] run = new RunId[1];
        application(KEY, ENABLED).run(context -> {
            run[0] = note(context.getBean(Enact.class), "maria").runId();
            context.getBean(SubjectErasure.class).erase("clerk", Actor.of("officer"), null);
        });

        application(KEY, ENABLED).run(context -> {
            assertThat(view(context, run[0]).toJson()).contains("erased").doesNotContain("Muster");
            assertThat(note(context.getBean(Enact.class), "maria").passed()).isTrue();
        });
    }

    @Test
    void encryptionCanBeSwitchedOnLaterAndOffAgain() {
        RunId[] runs = new RunId[3];
        application()
                .run(context ->
                        runs[0] = note(context.getBean(Enact.class), "one").runId());
        application(KEY, ENABLED)
                .run(context ->
                        runs[1] = note(context.getBean(Enact.class), "two").runId());

        application(KEY).run(context -> {
            Enact enact = context.getBean(Enact.class);
            runs[2] = note(enact, "three").runId();
            for (RunId run : runs) {
                assertThat(view(context, run).toJson()).contains(NEW);
                assertThat(enact.rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            }
            assertThat(new String(newest(context.getBean(ReceiptStore.class)).bytes(), StandardCharsets.UTF_8))
                    .contains("restored");
        });
        application().run(context -> {
            assertThat(view(context, runs[1]).toJson()).contains("locked").doesNotContain("Muster");
            assertThat(view(context, runs[2]).toJson()).contains(NEW);
        });
    }

    private static Receipt newest(ReceiptStore store) {
        return store.query(ReceiptFilter.ofKind(ReceiptKind.ROLLED_BACK), null, 1)
                .receipts()
                .get(0);
    }

    @Test
    void theMasterKeyCanBeReplacedByOneThatKnowsItsPredecessor() {
        RunId[] run = new RunId[1];
        application(KEY, ENABLED)
                .run(context ->
                        run[0] = note(context.getBean(Enact.class), "maria").runId());

        application(OTHER_KEY, ENABLED)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EncryptionException.class)
                        .hasMessageContaining("former master keys"));
        application(OTHER_KEY, PREVIOUS, ENABLED).run(context -> {
            assertThat(view(context, run[0]).toJson()).contains(NEW);
            assertThat(context.getBean(KeyRing.class).rewrap()).isPositive();
        });
        application(OTHER_KEY, ENABLED)
                .run(context -> assertThat(view(context, run[0]).toJson()).contains(NEW));
    }

    @Test
    void aKeyComesFromAFileOrTheEnvironmentOrABean() throws IOException {
        Path file = Files.writeString(this.folder.resolve("key"), KEY.substring(KEY.indexOf('=') + 1) + "\n");
        application("enact.receipts.encryption.key-file=" + file, ENABLED)
                .run(context -> assertThat(
                                note(context.getBean(Enact.class), "a").passed())
                        .isTrue());
        application("ENACT_ENCRYPTION_KEY=" + KEY.substring(KEY.indexOf('=') + 1), ENABLED)
                .run(context -> assertThat(
                                note(context.getBean(Enact.class), "a").passed())
                        .isTrue());
        application(PREVIOUS, ENABLED)
                .withBean(MasterKey.class, () -> MasterKey.aes256(new byte[32]))
                .run(context -> {
                    assertThat(note(context.getBean(Enact.class), "a").passed()).isTrue();
                    assertThat(context.getBean(MasterKeys.class).toString())
                            .contains(MasterKey.aes256(new byte[32]).id());
                });
    }

    @Test
    void whatWouldLeaveThingsReadableStopsTheStart() {
        refused(application(ENABLED), "no master key", "openssl rand -base64 32");
        refused(application("enact.receipts.encryption.key=c2hvcnQ=", ENABLED), "can't be used as a master key");
        refused(
                application("enact.receipts.encryption.key=${NO_SUCH_VARIABLE}", ENABLED),
                "enact.receipts.encryption.key names a property or environment variable that does not exist");
        refused(application(KEY, "enact.receipts.encryption.key-file=/nowhere/key", ENABLED), "is not there");
        refused(
                application(KEY, ENABLED)
                        .withBean(
                                Masking.class,
                                () -> new Masking(new CredentialDetector(), Set.of(), ReceiptLimits.defaults())),
                "Masking bean");
    }

    private static void refused(ApplicationContextRunner application, String... words) {
        application.run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof EnactStartupException)) {
                failure = failure.getCause();
            }
            assertThat(failure).isNotNull();
            EnactStartupException refusal = (EnactStartupException) failure;
            assertThat(refusal.getDescription() + refusal.getAction())
                    .contains(words)
                    .doesNotContain("c2hvcnQ");
        });
    }

    @Test
    void aCallIsStoppedWhenItsReceiptCanNotBeEncrypted() {
        application(KEY, ENABLED)
                .withBean(SubjectResolver.class, () -> (action, actor, args) -> {
                    // who is asked about actions of Enact itself would stop the start
                    throw new IllegalStateException("no customer in " + args);
                })
                .run(context -> {
                    ActionResult outcome = note(context.getBean(Enact.class), "maria");

                    assertThat(outcome.passed()).isFalse();
                    assertThat(this.folder.resolve("desk/maria.txt")).hasContent(OLD);
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Desk {

        @Bean
        Notes notes(FilesystemConnector filesystem) {
            return new Notes(filesystem);
        }
    }

    static class Notes {

        private final FilesystemConnector filesystem;

        Notes(FilesystemConnector filesystem) {
            this.filesystem = filesystem;
        }

        @EnactAction("desk.note")
        public String note(String customer, String text) {
            this.filesystem.writeFile(customer + ".txt", text);
            return "noted";
        }
    }
}
