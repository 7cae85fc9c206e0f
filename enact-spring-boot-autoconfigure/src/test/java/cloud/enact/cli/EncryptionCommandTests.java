package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.encryption.MasterKey;
import cloud.enact.receipt.ReceiptSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command line beside an application that encrypts. */
class EncryptionCommandTests extends CliFixture {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String OTHER_KEY = "HxwdHh8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRo=";

    private static final String OLD = "Maria Muster was born in 1970";

    private static final String NEW = "Maria Muster moved to Bern";

    private Path note = Path.of("");

    private RunId run;

    @BeforeEach
    void work() throws Exception {
        this.environment.put("ENACT_ENCRYPTION_KEY", KEY);
        try (Workshop workshop =
                new Workshop(this.folder, ReceiptSigner.hs256(Workshop.SECRET), MasterKey.aes256(KEY))) {
            this.note = workshop.root.resolve("note.txt");
            Files.writeString(this.note, OLD);
            this.run = workshop.does(files -> files.writeFile("note.txt", NEW));
        }
    }

    @Test
    void whoHasTheKeySeesAndUndoesAndWhoHasNotDoesNot() throws Exception {
        assertThat(enact("receipts", "show", this.run, "--json").out()).contains("note.txt", "decrypted");

        this.environment.remove("ENACT_ENCRYPTION_KEY");
        Result locked = enact("receipts", "show", this.run, "--json");
        assertThat(locked.out()).contains("locked").doesNotContain("note.txt");
        assertThat(locked.status()).isZero();
        Result refused = enact("rollback", "run", this.run, "--reason", "why not");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("ENACT_ENCRYPTION_KEY");
        assertThat(this.note).hasContent(NEW);

        this.environment.put("ENACT_ENCRYPTION_KEY", KEY);
        assertThat(enact("rollback", "run", this.run, "--reason", "for Maria Muster")
                        .status())
                .isZero();
        assertThat(this.note).hasContent(OLD);
        assertThat(kept()).doesNotContain("Muster");
        assertThat(enact("receipts", "verify").status()).isZero();
    }

    private String kept() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(this.file.getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void anExportHoldsWhatWasSignedAndStillVerifiesAfterAnErasure() {
        Path export = this.folder.resolve("receipts.jsonl");
        assertThat(enact("receipts", "export", "--output", export).status()).isZero();
        assertThat(export).content().contains("$encrypted").doesNotContain("note.txt");

        Result erased =
                enact("encryption", "erase-subject", "--subject", "agent@example.org", "--reason", "request 17");

        assertThat(erased.status()).isZero();
        assertThat(erased.out()).contains("is erased");
        assertThat(enact("receipts", "verify", export).status()).isZero();
        assertThat(enact("receipts", "verify").status()).isZero();
        assertThat(enact("receipts", "show", this.run, "--json").out())
                .contains("erased")
                .doesNotContain("note.txt");
        Result rollback = enact("rollback", "run", this.run, "--reason", "too late");
        assertThat(rollback.status()).isEqualTo(1);
        assertThat(rollback.out()).contains("FAILED", "is erased");
        assertThat(this.note).hasContent(NEW);
        assertThat(enact("encryption", "erase-subject", "--subject", "agent@example.org")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void whatCanNotBeReadIsShownAsWhatItIs() throws Exception {
        assertThat(enact("receipts", "show", this.run).out()).doesNotContain("says is");

        String key = this.environment.remove("ENACT_ENCRYPTION_KEY");
        assertThat(enact("receipts", "show", this.run).out()).contains("says is locked: it is encrypted, and no");
        this.environment.put("ENACT_ENCRYPTION_KEY", key);

        Path keys = this.file.resolveSibling("keys.db");
        Path copy = Files.copy(keys, this.folder.resolve("copy.db"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM encryption_key WHERE subject IS NOT NULL");
        }
        assertThat(enact("--data-keys", copy, "receipts", "show", this.run).out())
                .contains("says is locked: There is no data key")
                .doesNotContain("erased");

        enact("encryption", "erase-subject", "--subject", "agent@example.org");
        assertThat(enact("receipts", "show", this.run).out()).contains("says is erased");
    }

    @Test
    void theMasterKeyIsChanged() {
        this.environment.put("ENACT_ENCRYPTION_KEY", OTHER_KEY);
        this.environment.put("FORMER", KEY);
        assertThat(enact("encryption", "rewrap").err()).contains("former master keys");

        Result rewrapped = enact("--former-encryption-key-env", "FORMER", "encryption", "rewrap");

        assertThat(rewrapped.err()).isEmpty();
        assertThat(rewrapped.out()).contains("data keys are wrapped anew");
        assertThat(enact("receipts", "show", this.run, "--json").out()).contains("note.txt");
        this.environment.put("ENACT_ENCRYPTION_KEY", KEY);
        assertThat(enact("receipts", "show", this.run, "--json").out()).contains("locked");
    }

    @Test
    void wrongUseErasesNothingAndEchoesNoKey() {
        assertThat(enact("encryption", "erase-subject").status()).isEqualTo(2);
        assertThat(enact("encryption", "erase-subject", "--data-key", "enact.blobs")
                        .status())
                .isEqualTo(2);
        assertThat(enact("--data-keys", this.folder.resolve("nothing.db"), "encryption", "rewrap")
                        .err())
                .contains("no file of data keys");
        this.environment.put("ENACT_ENCRYPTION_KEY", "AAECAwQF");
        Result bad = enact("encryption", "rewrap");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err()).contains("32 bytes").doesNotContain("AAECAwQF");

        this.environment.put("ENACT_ENCRYPTION_KEY", KEY);
        assertThat(enact("receipts", "show", this.run, "--json").out()).contains("note.txt");
    }
}
