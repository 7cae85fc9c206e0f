package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stores do that somebody else can write to. */
public abstract class SealedApprovalStoreContract extends ApprovalStoreContract {

    private final KeyRing keys =
            new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), Clock.systemUTC());

    protected final ApprovalEncryption encryption = new ApprovalEncryption(this.keys, Subjects.actors(), true);

    /** A further store over the same requests, closed by the test. */
    protected abstract DocumentApprovalStore open(ApprovalSeal seal, @Nullable ApprovalEncryption encryption);

    /** Somebody who may write everything. */
    protected abstract void execute(String sql) throws Exception;

    /** What somebody who may read everything sees. */
    protected abstract String stored() throws Exception;

    @Test
    public void requestsAreThereAfterARestart() {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest approved = this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        store().replace(approved);

        try (DocumentApprovalStore restarted = open(new TestSeal(), null)) {
            assertThat(restarted.findOpen("call-1")).contains(approved);
        }
    }

    @Test
    public void anAlteredRequestApprovesNothing() throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));

        replaceText("PENDING", "DENIED_");

        assertRefused(() -> store().find(request.id()));
        assertRefused(() -> store().findOpen("call-1"));
        assertRefused(() -> store().open(this.samples.request("call-1")));
    }

    private void replaceText(String old, String other) throws Exception {
        execute("UPDATE approval_request SET document = " + replaced("document", hex(old), hex(other)));
    }

    /** A document with other bytes in it. */
    protected abstract String replaced(String column, String oldHex, String newHex);

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void aRequestMovedToAnotherTicketApprovesNothing() throws Exception {
        ApprovalRequest small = store().open(this.samples.request("small"));
        store().replace(this.samples.next(small, ApprovalState.APPROVED, this.samples.answer(true, "ann")));
        ApprovalRequest large = store().open(this.samples.request("large"));

        execute(
                "UPDATE approval_request SET version = 1, document = (SELECT document FROM approval_request WHERE id = '"
                        + small.id() + "'), seal = (SELECT seal FROM approval_request WHERE id = '" + small.id()
                        + "') WHERE id = '" + large.id() + "'");

        assertRefused(() -> store().find(large.id()));
        assertRefused(() -> store().findOpen("large"));
    }

    @Test
    public void aRequestMovedToAnotherCallApprovesNothing() throws Exception {
        ApprovalRequest small = store().open(this.samples.request("small"));
        store().replace(this.samples.next(small, ApprovalState.APPROVED, this.samples.answer(true, "ann")));

        execute("UPDATE approval_request SET call = 'large'");

        assertRefused(() -> store().findOpen("large"));
    }

    @Test
    public void columnsThatSayAnotherThingThanTheRequestAreRefused() throws Exception {
        for (String change : List.of("version = 1", "open = NOT open", "expires_at = expires_at + 1")) {
            ApprovalRequest request = store().open(this.samples.request(change));

            execute("UPDATE approval_request SET " + change + " WHERE id = '" + request.id() + "'");

            assertRefused(() -> store().find(request.id()));
        }
    }

    @Test
    public void anEarlierVersionThatIsPutBackIsRefusedByWhoSawALaterOne() throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));
        ApprovalRequest approved = this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
        store().replace(approved);
        execute("CREATE TABLE stolen AS SELECT * FROM approval_request");
        store().replace(this.samples.next(approved, ApprovalState.USED));

        execute("DELETE FROM approval_request");
        execute("INSERT INTO approval_request SELECT * FROM stolen");
        execute("DROP TABLE stolen");

        assertRefused(() -> store().find(request.id()));
        assertRefused(() -> store().findOpen("call-1"));
        assertThat(store().findOpen(null, 10)).isEmpty();
    }

    @Test
    public void rowsOfSomebodyElseHideNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            store().open(this.samples.request("forged-" + i));
        }
        execute("UPDATE approval_request SET seal = 'forged'");
        ApprovalRequest request = store().open(this.samples.request("call-1"));

        assertThat(store().findOpen(null, 2)).containsExactly(request);
        assertThat(store().findNewest(null, 2)).containsExactly(request);
    }

    @Test
    public void hundredsOfRowsOfSomebodyElseHideNothing() throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));

        forge(600, "0");
        forge(600, "f");

        assertThat(store().findOpen(null, 2)).containsExactly(request);
        assertThat(store().findNewest(null, 2)).containsExactly(request);
        assertThat(store().findOpen(null, ApprovalStore.MAX_LIMIT)).containsExactly(request);
    }

    /** Makes copies of a request that are none, with tickets that begin with something. */
    protected final void forge(int rows, String prefix) throws Exception {
        execute("INSERT INTO approval_request (id, call, open, version, expires_at, document, seal)"
                + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ")"
                + " SELECT '" + prefix + "' || i, 'forged " + prefix + "' || i, a.open, a.version, a.expires_at,"
                + " a.document, a.seal FROM n, approval_request a WHERE a.call = 'call-1'");
    }

    @Test
    public void aRequestSealedWithAnotherSecretApprovesNothing() {
        ApprovalRequest request = this.samples.request("call-1");
        try (DocumentApprovalStore foreign = open(new TestSeal("another-secret-that-is-long-enough-too"), null)) {
            foreign.open(request);
        }

        assertRefused(() -> store().find(request.id()));
    }

    @Test
    public void aRequestThatWasBlownUpIsNotBroughtIntoMemory() throws Exception {
        ApprovalRequest request = store().open(this.samples.request("call-1"));

        execute("UPDATE approval_request SET document = " + zeros(DocumentApprovalStore.MAX_BYTES + 1));

        assertRefused(() -> store().find(request.id()));
    }

    /** Many zeros, as a document. */
    protected abstract String zeros(int count);

    @Test
    public void whatEndedLongAgoMakesRoom() {
        SampleApprovals before =
                new SampleApprovals(SampleApprovals.NOW.minus(RETENTION).minus(Duration.ofHours(3)));
        ApprovalRequest old = store().open(before.request("old"));
        ApprovalRequest open = store().open(before.request("still open"));
        store().replace(this.samples.next(old, ApprovalState.DENIED));

        ApprovalRequest request = store().open(this.samples.request("call-1"));

        assertThat(store().findNewest(null, 10)).containsExactly(request, open);
    }

    @Test
    public void anEncryptedRequestIsReadWithItsKeyAlone() throws Exception {
        ApprovalRequest request = this.samples.request("call-1");
        try (DocumentApprovalStore encrypted = open(new TestSeal(), this.encryption)) {
            encrypted.open(request);
            ApprovalRequest answered =
                    this.samples.next(request, ApprovalState.APPROVED, this.samples.answer(true, "ann"));
            encrypted.replace(answered);

            assertThat(encrypted.find(request.id())).contains(answered);
            assertThat(stored())
                    .contains(request.id().toString())
                    .doesNotContain("c-17", "bot@enact.example", "ann@enact.example", "chat-7");
            assertRefused(() -> store().find(request.id()));
        }
    }

    @Test
    public void aRequestThatIsErasedIsVoidAndMakesRoom() {
        try (DocumentApprovalStore encrypted = open(new TestSeal(), this.encryption)) {
            ApprovalRequest request = encrypted.open(this.samples.request("call-1"));

            this.keys.drop(this.keys.kidOf("bot@enact.example").orElseThrow());

            ApprovalRequest erased = encrypted.find(request.id()).orElseThrow();
            assertThat(erased.state()).isEqualTo(ApprovalState.VOID);
            assertThat(erased.asked().payload()).isEmpty();
            assertThat(encrypted.findOpen("call-1")).isEmpty();
            assertThat(encrypted.findOpen(null, 10)).isEmpty();
            ApprovalRequest next = encrypted.open(this.samples.request("call-1"));
            assertThat(next.id()).isNotEqualTo(request.id());
            assertThat(encrypted.findOpen(null, 10)).containsExactly(next);
        }
    }

    private static void assertRefused(ThrowingCallable work) {
        assertThatExceptionOfType(ApprovalStoreException.class)
                .isThrownBy(work)
                .withMessageMatching("(?s).*(altered|put back|encrypted).*")
                .withMessageNotContaining("c-17");
    }
}
