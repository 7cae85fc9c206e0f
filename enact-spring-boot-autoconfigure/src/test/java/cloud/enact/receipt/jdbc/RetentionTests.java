package cloud.enact.receipt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointOptions;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.EntryPruner;
import cloud.enact.receipt.ExportVerifier;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.BundleReport;
import cloud.enact.receipt.export.EvidenceBundle;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.receipt.search.TextProjection;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old partitions go, and what is left verifies. */
class RetentionTests {

    private static final String SITE = "example.com/billing";

    private static final ReceiptSigner SIGNER = ReceiptSigner.hs256(Drafts.SECRET);

    private static final ReceiptKeys KEYS = ReceiptKeys.of(SIGNER);

    private final ReceiptDatabase database = new ReceiptDatabase();

    private JdbcReceiptStore store;

    private ReceiptStore leasing;

    private ReceiptLog log;

    @BeforeEach
    void open() {
        this.store = this.database.open();
        this.leasing = ReceiptDatabase.leasing(this.store);
        this.log = log("test");
    }

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.database.close();
    }

    private ReceiptLog log(String id) {
        return ReceiptLog.direct(id, this.leasing, KEYS, Masking.defaults(), Drafts.CLOCK);
    }

    private static void append(ReceiptLog log, int calls) {
        for (int i = 0; i < calls; i++) {
            ActionRequest request = Drafts.request(Drafts.run(), Map.of());
            log.append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));
            log.append(Drafts.completed(request));
        }
    }

    /** As if the entries so far had been stored so many days ago. */
    private void age(String log, long upTo, int days) throws SQLException {
        String then = "stored - interval '" + days + " days'";
        this.database.execute("SELECT receipt_add_partition(now() - interval '" + days + " days')");
        this.database.tamper(
                "UPDATE receipt_entry SET stored = " + then + " WHERE log = '" + log + "' AND seq <= " + upTo
                        + " AND stored > now() - interval '1 day'",
                "UPDATE receipt_open SET stored = " + then + " WHERE log = '" + log + "' AND seq <= " + upTo);
    }

    private void sign(String log) {
        MerkleTree tree = new MerkleTree();
        this.store.read(log, 1, 1000).forEach(entry -> tree.append(entry.bytes()));
        sign(log, tree);
    }

    private void sign(String log, MerkleTree tree) {
        CheckpointSigner signer = CheckpointSigner.derivedFrom(SITE, SIGNER);
        this.store.save(signer.sign(log, tree.size(), tree.root(), Drafts.NOW), tree.range());
    }

    private SignedHeads heads() {
        return SignedHeads.of(CheckpointKeys.derivedFrom(SITE, KEYS, List.of()), this.store);
    }

    private EntryPruner.Report prune() {
        return prune(Duration.ofDays(31), Clock.systemUTC());
    }

    private EntryPruner.Report prune(Duration retention, Clock clock) {
        return new EntryPruner(
                        this.store,
                        new Partitions(this.database.dataSource(), this.database.options()),
                        this.log,
                        KEYS,
                        this::heads,
                        IdGenerator.uuidV7(Drafts.CLOCK),
                        clock)
                .prune(retention, Actor.of("retention"));
    }

    private Verification verify() {
        return new ReceiptVerifier(this.store, KEYS, heads()).verifyAll();
    }

    private List<Receipt> pruned() {
        return this.store
                .query(ReceiptFilter.builder().kind(ReceiptKind.PRUNED).build(), null, 10)
                .receipts();
    }

    @Test
    void whatIsExportedAfterwardsVerifiesWithTheReceiptThatSaysSoAndNotWithoutIt() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        prune();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        new ReceiptExport(this.store).write(ReceiptFilter.all(), ExportFormat.NDJSON, lines);
        List<String> exported = lines.toString(StandardCharsets.UTF_8).lines().toList();

        assertThat(exported).hasSize(3).last().asString().contains("PRUNED");
        assertThat(verified(exported).problems()).isEmpty();
        assertThat(verified(exported.subList(0, 1)).problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem.state()).isEqualTo(VerificationState.CUT));
        assertThat(verified(exported.subList(0, 2)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).isEqualTo("entries up to 6 are missing"));
        assertThat(verified(exported.subList(1, 3)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).isEqualTo("entries up to 7 are missing"));
        BundleReport bundle = new EvidenceBundle(
                        this.store,
                        this.store,
                        KEYS,
                        List.of(CheckpointSigner.derivedFrom(SITE, SIGNER).key()))
                .write(ReceiptFilter.all(), OutputStream.nullOutputStream());
        assertThat(bundle.sentences()).contains("result: " + BundleReport.State.VERIFIED);
    }

    private Verification verified(List<String> lines) {
        ExportVerifier verifier = new ExportVerifier(KEYS, true, heads());
        lines.forEach(line -> verifier.add(line.getBytes(StandardCharsets.UTF_8)));
        return verifier.result();
    }

    @Test
    void whatIsGoneDoesNotLiveOnInTheIndexOfWords() throws Exception {
        ActionRequest request = Drafts.request(Drafts.run(), Map.of("note", "Ada moved to Turin"));
        this.log.append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));
        this.log.append(Drafts.completed(request));
        age("test", 2, 70);
        ActionRequest later = Drafts.request(Drafts.run(), Map.of("note", "Ben stays in Turin"));
        this.log.append(ReceiptDraft.decided(later, Drafts.pass(), EnactMode.ENFORCE));
        sign("test");
        try (JdbcWordIndex index = JdbcWordIndex.open(
                this.database.dataSource(), this.database.options().schema().with("_search"), Duration.ofSeconds(10))) {
            TextProjection projection = new TextProjection(this.store, index);
            projection.catchUp();
            assertThat(index.find(Set.of("ada"), null, null, null, 10)).isNotEmpty();

            assertThat(prune().dropped()).hasSize(1);
            projection.catchUp();

            assertThat(index.find(Set.of("ada"), null, null, null, 10)).isEmpty();
            assertThat(index.find(Set.of("turin"), null, null, null, 10)).isNotEmpty();
        }
    }

    @Test
    void anOldPartitionGoesAndWhatIsLeftVerifies() throws Exception {
        append(this.log, 3);
        ReceiptLog other = log("other");
        append(other, 1);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");

        EntryPruner.Report report = prune();

        assertThat(report.dropped()).hasSize(1);
        assertThat(report.kept()).isEmpty();
        assertThat(this.store.read("test", 1, 10)).extracting(Receipt::seq).containsExactly(7L, 8L, 9L);
        assertThat(verify().problems()).isEmpty();
        assertThat(pruned())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.fields())
                        .extractingByKey("payload")
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsEntry("log", "test")
                        .containsEntry("first_seq", 1L)
                        .containsEntry("last_seq", 6L)
                        .containsEntry("count", 6L)
                        .containsKeys("root", "last_hash"));
        assertThat(this.store.read("other", 1, 10)).hasSize(2);
    }

    @Test
    void theNextPartitionGoesOnFromWhereTheFirstOneEnded() throws Exception {
        append(this.log, 3);
        age("test", 6, 140);
        append(this.log, 2);
        age("test", 10, 70);
        append(this.log, 1);
        sign("test");

        assertThat(prune().dropped()).hasSize(2);

        assertThat(this.store.read("test", 1, 1).get(0).seq()).isEqualTo(11);
        assertThat(pruned()).hasSize(2);
        assertThat(verify().problems()).isEmpty();
        append(this.log, 1);
        assertThat(verify().problems()).isEmpty();
    }

    @Test
    void whatNoSignedHeadStandsForStays() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);

        assertThat(prune().kept())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no signed head"));

        assertThat(this.store.read("test", 1, 10)).hasSize(8);
        assertThat(pruned()).isEmpty();
    }

    @Test
    void aDecisionWithoutAnOutcomeStays() throws Exception {
        this.log.append(Drafts.decided(Drafts.run()));
        age("test", 1, 70);
        append(this.log, 1);
        sign("test");

        assertThat(prune().kept())
                .hasValueSatisfying(reason -> assertThat(reason).contains("without an outcome"));
        assertThat(pruned()).isEmpty();
    }

    @Test
    void theEndOfALogStays() throws Exception {
        append(this.log, 1);
        sign("test");
        age("test", 2, 70);

        assertThat(prune().kept())
                .hasValueSatisfying(reason -> assertThat(reason).contains("chained"));
    }

    @Test
    void whatDoesNotVerifyIsKeptAsEvidence() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        this.database.tamper("UPDATE receipt_entry SET action = 'other' WHERE seq = 3");

        assertThat(prune().kept())
                .hasValueSatisfying(reason -> assertThat(reason).contains("evidence"));
        assertThat(this.store.read("test", 1, 10)).hasSize(8);
    }

    @Test
    void entriesThatAreGoneWithoutAReceiptAreMissed() throws Exception {
        append(this.log, 3);
        this.database.tamper("DELETE FROM receipt_entry WHERE seq <= 2");

        assertThat(verify().problems()).extracting(problem -> problem.state()).contains(VerificationState.MISSING);
    }

    @Test
    void entriesBehindThePrunedOnesAreMissedToo() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 2);
        sign("test");
        prune();
        assertThat(verify().problems()).isEmpty();

        this.database.tamper("DELETE FROM receipt_entry WHERE seq = 7");

        assertThat(verify().valid()).isFalse();
    }

    @Test
    void aReceiptOfPruningThatNobodySignedCountsForNothing() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        prune();

        ReceiptKeys others = ReceiptKeys.of(ReceiptSigner.hs256("another secret of more than 32 characters, too"));

        assertThat(new ReceiptVerifier(this.store, others).verifyLog("test").problems())
                .extracting(problem -> problem.state())
                .contains(VerificationState.MISSING);
    }

    @Test
    void checkpointsGoOnWithAnotherKeyBehindThePrunedEntries() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        prune();
        CheckpointSigner next = CheckpointSigner.derivedFrom(SITE, ReceiptSigner.hs256("x" + Drafts.SECRET));
        CheckpointOptions options = new CheckpointOptions(
                next,
                CheckpointKeys.of(List.of(next.key())),
                List.of(),
                1000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));

        try (ReceiptLog log = ReceiptLog.groupCommit(
                "test", this.store, KEYS, Masking.defaults(), ReceiptLogOptions.defaults(), options, Drafts.CLOCK)) {
            append(log, 1);
        }

        long size = this.store.head("test").orElseThrow().seq();
        assertThat(this.store.newest("test"))
                .hasValueSatisfying(
                        saved -> assertThat(saved.checkpoint().size()).isEqualTo(size));
        CheckpointKeys both = CheckpointKeys.derivedFrom(SITE, KEYS, List.of(next.key()));
        assertThat(new ReceiptVerifier(this.store, KEYS, SignedHeads.of(both, this.store))
                        .verifyAll()
                        .problems())
                .isEmpty();
    }

    @Test
    void aNodeWhoseClockIsWrongRemovesNothing() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(3650));

        assertThat(prune(Duration.ofDays(365), wrong).dropped()).isEmpty();

        assertThat(this.store.read("test", 1, 10)).hasSize(8);
    }

    @Test
    void aRunRightBehindThePrunedEntriesVerifies() throws Exception {
        append(this.log, 3);
        age("test", 6, 70);
        append(this.log, 1);
        sign("test");
        prune();

        Receipt first = this.store.read("test", 1, 1).get(0);

        assertThat(first.seq()).isEqualTo(7);
        assertThat(new ReceiptVerifier(this.store, KEYS).verify(first.runId()).problems())
                .isEmpty();
    }
}
