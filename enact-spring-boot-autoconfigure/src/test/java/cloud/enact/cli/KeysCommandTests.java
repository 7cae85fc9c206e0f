package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.TestKeys;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of keys that changed. */
class KeysCommandTests extends CliFixture {

    private static final String FORMER = "the secret of last year, 32 characters";

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    /** Appends two entries, and returns the id of the log. */
    private String append(ReceiptKeys keys) {
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.file);
                LogLease lease = store.lease(this.ids);
                ReceiptLog log = ReceiptLog.groupCommit(
                        lease.log(),
                        store,
                        keys,
                        Masking.defaults(),
                        ReceiptLogOptions.defaults(),
                        Clock.systemUTC())) {
            log.append(Drafts.decided(Drafts.run()));
            log.append(Drafts.decided(Drafts.run()));
            return log.id();
        }
    }

    private Receipt change() {
        try (SqliteReceiptStore store = SqliteReceiptStore.openReadOnly(this.file)) {
            return store.query(ReceiptFilter.ofKind(ReceiptKind.KEY), null, 1)
                    .receipts()
                    .get(0);
        }
    }

    @Test
    void keysAreShownWithWhatTheySigned() {
        ReceiptSigner former = ReceiptSigner.hs256("2025", FORMER);
        append(ReceiptKeys.of(former));
        String log = append(ReceiptKeys.of(ReceiptSigner.hs256(Workshop.SECRET), List.of(former), List.of()));
        this.environment.put("FORMER", FORMER);

        Result unknown = enact("receipts", "keys");
        Result known = enact("receipts", "keys", "--verification-secret-env", "2025=FORMER", "--json");

        String kid = ReceiptSigner.hs256(Workshop.SECRET).kid();
        assertThat(unknown.out().lines())
                .containsExactly(log + "  1-2  2025  HS256  NOT KNOWN HERE", log + "  3-5  " + kid + "  HS256");
        assertThat(unknown.status()).isEqualTo(EnactCli.PROBLEM);
        assertThat(known.status()).isEqualTo(EnactCli.FINE);
        assertThat(known.json().at("/keys/0/known").asBoolean()).isTrue();
        assertThat(known.json().at("/keys/1/from_seq").asLong()).isEqualTo(3);
        assertThat(enact("receipts", "verify", "--verification-secret-env", "2025=FORMER")
                        .status())
                .isEqualTo(EnactCli.FINE);
    }

    @Test
    void theReceiptOfAChangeReadsAsASentence() {
        ReceiptSigner former = ReceiptSigner.hs256("2025", FORMER);
        append(ReceiptKeys.of(former));
        append(ReceiptKeys.of(ReceiptSigner.hs256("2026", Workshop.SECRET), List.of(former), List.of()));
        this.environment.put("FORMER", FORMER);

        Result shown = enact(
                "receipts",
                "show",
                change().runId(),
                "--secret-env",
                "2026=ENACT_SECRET",
                "--verification-secret-env",
                "2025=FORMER");

        assertThat(shown.out()).contains("key 2025 (HS256) is followed by 2026 (HS256), and signed that");
        assertThat(shown.status()).isEqualTo(EnactCli.FINE);
    }

    @Test
    void aLostKeyIsAcknowledgedByOption() throws Exception {
        Path publicKey = Files.writeString(this.folder.resolve("former.pub.pem"), TestKeys.PUBLIC);
        append(ReceiptKeys.of(ReceiptSigner.ed25519("2025", TestKeys.PRIVATE)));
        append(ReceiptKeys.of(ReceiptSigner.hs256(Workshop.SECRET)).withLost(List.of("2025")));

        Result silent = enact("receipts", "verify", "--public-key", "2025=" + publicKey);
        Result said = enact("receipts", "verify", "--public-key", "2025=" + publicKey, "--lost-key", "2025");

        assertThat(silent.status()).isEqualTo(EnactCli.PROBLEM);
        assertThat(silent.out()).contains("'2025' did not sign it");
        assertThat(said.status()).as(said.out() + said.err()).isEqualTo(EnactCli.FINE);
        assertThat(enact("receipts", "show", change().runId()).out()).contains("which it did not sign: it was lost");
    }

    @Test
    void anOperatorWithAFormerSecretAloneRollsNothingBack() {
        ReceiptSigner former = ReceiptSigner.hs256(FORMER);
        append(ReceiptKeys.of(former));
        append(ReceiptKeys.of(ReceiptSigner.hs256("2026", Workshop.SECRET), List.of(former), List.of()));
        Receipt change = change();
        this.environment.put("ENACT_SECRET", FORMER);

        Result refused = enact("rollback", change.runId(), "--reason", "a try");

        assertThat(refused.status()).isNotEqualTo(EnactCli.FINE);
        assertThat(refused.err() + refused.out()).doesNotContain(FORMER);
    }
}
