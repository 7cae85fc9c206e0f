package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VariedReceipts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntrySearchTests {

    @TempDir
    private Path folder;

    private SqliteReceiptStore store;

    @BeforeEach
    void open() {
        this.store = SqliteReceiptStore.open(file());
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    private Path file() {
        return this.folder.resolve("enact.db");
    }

    private static ReceiptVerifier verifier(ReceiptStore store) {
        return new ReceiptVerifier(store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
    }

    private void change(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** So many decisions that pass, then so many that are blocked, of the same actor. */
    private void fill(int passed, int blocked) {
        ReceiptStore memory = ReceiptStore.inMemory(passed + blocked);
        ReceiptLog log = Drafts.log(memory);
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < passed + blocked; i++) {
            receipts.add(log.append(Drafts.at(
                    (i < passed) ? Drafts.decided(Drafts.run()) : Drafts.blocked(Drafts.run()),
                    Drafts.NOW.plusSeconds(i))));
        }
        this.store.append(receipts);
    }

    @Test
    void aPageThatHasToLookAtTooManyEntriesEndsEarlyAndSaysWhereToGoOn() {
        fill(3 * EntrySearch.MOST_LOOKED_AT, 3 * EntrySearch.MOST_LOOKED_AT);
        // both are common, and never together
        ReceiptFilter filter = ReceiptFilter.builder()
                .mode(EnactMode.ENFORCE)
                .decision("BLOCK")
                .until(Drafts.NOW.plusSeconds(3 * EntrySearch.MOST_LOOKED_AT))
                .build();
        ReceiptFilter common = ReceiptFilter.builder()
                .actor("support@example.org")
                .action("crm.delete_customer")
                .policy("nobody.objected")
                .build();

        assertThat(this.store.query(filter, null, 10)).isEqualTo(new ReceiptPage(List.of(), null));
        assertThat(this.store.query(common, null, 10)).isEqualTo(new ReceiptPage(List.of(), null));
        ReceiptFilter unlucky = ReceiptFilter.builder()
                .decision("PASS")
                .actor("support@example.org")
                .actions("crm.delete_customer*")
                .mode(EnactMode.OBSERVE)
                .build();
        assertThat(this.store.query(unlucky, null, 10)).isEqualTo(new ReceiptPage(List.of(), null));
    }

    @Test
    void whatIsCommonInEachFieldAndNowhereTogetherIsGoneThroughInBoundedPages() throws SQLException {
        int each = 2 * EntrySearch.MOST_LOOKED_AT;
        fill(each, each);
        change(
                "DROP TRIGGER receipt_entry_no_update",
                "UPDATE receipt_entry SET mode = 'OBSERVE' WHERE decision = 'PASS'");
        ReceiptFilter filter = ReceiptFilter.builder()
                .decision("BLOCK")
                .mode(EnactMode.OBSERVE)
                .build();

        ReceiptPage page = this.store.query(filter, null, 10);
        int pages = 1;
        while (page.next() != null) {
            assertThat(page.receipts()).isEmpty();
            page = this.store.query(filter, page.next(), 10);
            pages++;
        }

        assertThat(page.receipts()).isEmpty();
        assertThat(pages).isEqualTo(each / EntrySearch.MOST_LOOKED_AT + 1);
        assertThat(this.store.newest(filter)).isEmpty();
    }

    @Test
    void actionsOfManyNamesAreFoundByTheirBeginningToo() {
        ReceiptStore memory = ReceiptStore.inMemory(1000);
        List<Receipt> receipts = VariedReceipts.in(Drafts.log(memory), 10);
        ReceiptLog log = Drafts.log(memory);
        List<Receipt> odd = new ArrayList<>();
        for (int i = 0; i < 2 * EntryIndex.MOST_NAMES; i++) {
            odd.add(log.append(Drafts.named("model.invented_" + i)));
        }
        this.store.append(receipts);
        this.store.append(odd);

        ReceiptFilter filter = ReceiptFilter.builder().actions("model.*").build();
        assertThat(this.store.query(filter, null, 1000).receipts()).containsExactlyInAnyOrderElementsOf(odd);
    }

    @Test
    void aChangedColumnShowsAsDamage() throws SQLException {
        fill(1, 0);
        change("DROP TRIGGER receipt_entry_no_update", "UPDATE receipt_entry SET workflow = 'another'");

        assertThat(this.store
                        .query(ReceiptFilter.builder().workflow("another").build(), null, 1)
                        .receipts())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.damage()).contains("columns"));
    }

    @Test
    void anObjectionThatSomebodyMadeUpShowsAsDamage() throws SQLException {
        fill(1, 0);
        change("INSERT INTO receipt_objection SELECT 'made.up', ts, id FROM receipt_entry");

        ReceiptFilter filter = ReceiptFilter.builder().policy("made.up").build();
        assertThat(this.store.query(filter, null, 1).receipts())
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.damage()).contains("objections"));
    }

    @Test
    void aFileOfTheFirstVersionIsReadAsItIsAndUpgradedWhenAnApplicationOpensIt() throws SQLException {
        List<Receipt> receipts = VariedReceipts.in(Drafts.log(ReceiptStore.inMemory(1000)), 120);
        this.store.append(receipts);
        this.store.close();
        change(SqliteCheckpointStoreTests.BACK_TO_VERSION_1);

        try (SqliteReceiptStore old = SqliteReceiptStore.openReadOnly(file())) {
            assertThat(old.query(ReceiptFilter.ofAction("billing.refund"), null, 1000)
                            .receipts())
                    .isNotEmpty()
                    .allSatisfy(receipt -> assertThat(receipt.damage()).isNull());
            assertThat(verifier(old).verifyAll().valid()).isTrue();
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() ->
                            old.query(ReceiptFilter.builder().policy("any").build(), null, 10))
                    .withMessageContaining("older version");
        }
        this.store = SqliteReceiptStore.open(file());

        assertThat(verifier(this.store).verifyAll().valid()).isTrue();
        assertThat(VariedReceipts.filters(receipts))
                .allSatisfy(filter -> assertThat(
                                this.store.query(filter, null, 1000).receipts())
                        .containsExactlyInAnyOrderElementsOf(
                                receipts.stream().filter(filter::matches).toList())
                        .allSatisfy(receipt -> assertThat(receipt.damage()).isNull()));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> change("UPDATE receipt_entry SET mode = NULL"))
                .withMessageContaining("append-only");
    }
}
