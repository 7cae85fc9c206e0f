package cloud.enact.undo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node at a time undoes a run. */
class LapsedClaimTests {

    private final UndoTables tables = new UndoTables();

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final RunId run = new RunId(this.ids.next());

    private JdbcUndoLog node;

    private JdbcUndoLog other;

    @BeforeEach
    void open() {
        this.node = this.tables.open();
        this.other = this.tables.open();
    }

    @AfterEach
    void close() throws SQLException {
        this.node.close();
        this.other.close();
        this.tables.close();
    }

    /** As if nobody had heard of the holder for longer than the lease. */
    private void expire() throws SQLException {
        this.tables.execute("UPDATE undo_claim SET expires_at = clock_timestamp()");
    }

    private void begin(UndoLog log) {
        log.begin(
                this.run,
                this.ids.next(),
                "enact.rollback",
                "undo",
                Map.of(),
                Reversibility.IRREVERSIBLE,
                new Capture(new PreState(Map.of()), new Fingerprint(Map.of())));
    }

    @Test
    void whatOneNodeUndoesNoOtherOneDoes() {
        UndoLog.Claim claim = this.node.claim(this.run).orElseThrow();

        assertThat(this.other.claim(this.run)).isEmpty();

        claim.close();
        assertThat(this.other.claim(this.run)).hasValueSatisfying(UndoLog.Claim::close);
    }

    @Test
    void aNodeThatIsHeardOfKeepsItsClaims() throws SQLException {
        UndoLog.Claim claim = this.node.claim(this.run).orElseThrow();
        expire();

        this.node.renewClaims();

        assertThat(this.other.claim(this.run)).isEmpty();
        claim.close();
    }

    @Test
    void aNodeWhoseRunWasTakenOverBeginsNothingMore() throws SQLException {
        UndoLog.Claim late = this.node.claim(this.run).orElseThrow();
        UndoLog.Claim besides = this.node.claim(new RunId(this.ids.next())).orElseThrow();
        UndoLog undoing = this.node.holding(List.of(late, besides));
        begin(undoing);
        this.tables.execute("UPDATE undo_claim SET expires_at = clock_timestamp() WHERE run_id = '" + this.run + "'");
        UndoLog.Claim taken = this.other.claim(this.run).orElseThrow();

        assertThatThrownBy(() -> begin(undoing))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("taken over");
        begin(this.other.holding(List.of(taken)));
        // what is no part of the rollback goes on
        begin(this.node);
        this.node.renewClaims();
        late.close();

        assertThat(this.node.findByRun(this.run)).hasSize(3);
        assertThat(this.node.claim(this.run)).isEmpty();
        taken.close();
        besides.close();
    }

    @Test
    void aNodeThatWasNotHeardOfGoesOnWhenNobodyTookItsRun() throws SQLException {
        UndoLog.Claim claim = this.node.claim(this.run).orElseThrow();
        expire();

        begin(this.node.holding(List.of(claim)));

        assertThat(this.node.findByRun(this.run)).hasSize(1);
        claim.close();
    }

    @Test
    void aClaimThatWasGivenBackIsGoodForNothing() {
        UndoLog.Claim claim = this.node.claim(this.run).orElseThrow();
        claim.close();

        assertThatThrownBy(() -> begin(this.node.holding(List.of(claim)))).isInstanceOf(UndoLogException.class);
    }

    @Test
    void givingBackNeverThrows() throws SQLException {
        UndoLog.Claim claim = this.node.claim(this.run).orElseThrow();
        this.tables.close();

        claim.close();
    }
}
