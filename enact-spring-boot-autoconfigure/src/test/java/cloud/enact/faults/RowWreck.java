package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import java.sql.SQLException;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** What the next application finds of the rows a dead worker was about. */
final class RowWreck {

    private final CrashingServer server;

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final RollbackService rollbacks;

    RowWreck(CrashingServer server, ApplicationContext next) {
        this.server = server;
        this.store = next.getBean(ReceiptStore.class);
        this.verifier = next.getBean(ReceiptVerifier.class);
        this.rollbacks = next.getBean(RollbackService.class);
    }

    /** Whether the rows of a run are not as they were before it. */
    boolean isChanged(Report tried) throws SQLException {
        return !found(Integer.parseInt(tried.values().get(0)))
                .equals(tried.values().get(2));
    }

    /** What was captured is there exactly with the transactions that were committed. */
    void assertCapturedIsCommitted() throws SQLException {
        assertNone("SELECT count(*) FROM enact_undo.marker WHERE state <> 'C'");
        assertNone("SELECT count(*) FROM enact_undo.statement s WHERE NOT EXISTS (SELECT FROM enact_undo.marker m"
                + " WHERE m.id = s.marker)");
        for (String id : this.server
                .text("SELECT coalesce(string_agg(id::text, ','), '') FROM enact_undo.protected_table")
                .split(",")) {
            assertNone("SELECT count(*) FROM (SELECT \"enact$marker\", count(DISTINCT \"enact$id\") FROM enact_undo.u_"
                    + id + " u WHERE NOT EXISTS (SELECT FROM enact_undo.statement s WHERE s.marker ="
                    + " u.\"enact$marker\" AND s.protected = " + id + ") GROUP BY 1) AS lost");
            assertNone(
                    "SELECT count(*) FROM (SELECT s.marker, sum(s.row_count * CASE s.operation WHEN 'U' THEN 2 ELSE 1"
                            + " END) AS expected FROM enact_undo.statement s WHERE s.protected = " + id
                            + " GROUP BY 1) AS told WHERE expected <> (SELECT count(*) FROM enact_undo.u_" + id
                            + " u WHERE u.\"enact$marker\" = told.marker)");
        }
    }

    private void assertNone(String count) throws SQLException {
        assertThat(this.server.text(count)).as(count).isEqualTo("0");
    }

    void assertReceiptsAreValid() {
        assertThat(this.verifier.verifyAll().problems()).isEmpty();
    }

    /**
     * What an owner did last is there as before it, as after it, or as between two of its transactions; when it did not
     * come to its end, rolling it back brings all rows back, once.
     *
     * @return how many runs were rolled back
     */
    int settle(int owner, List<Report> reports) throws SQLException {
        List<Report> own = reports.stream()
                .filter(report -> report.values().get(0).equals(Integer.toString(owner))
                        && !report.word().equals(Report.BROKEN))
                .toList();
        if (own.isEmpty()) {
            return 0;
        }
        Report last = own.get(own.size() - 1);
        RunId runId = RunId.parse(last.values().get(1));
        List<String> states = last.values().subList(2, last.values().size());
        assertThat(found(owner)).as("owner %s after %s", owner, last).isIn(states);
        if (last.word().equals(Report.DONE)
                || last.word().equals(Report.UNDONE)
                || this.store.findByRun(runId).isEmpty()) {
            assertThat(found(owner)).as("owner %s after %s", owner, last).isEqualTo(states.get(0));
            return 0;
        }
        RollbackReport report = rollback(runId);
        assertThat(found(owner))
                .as("owner %s after %s: %s", owner, last, report)
                .isEqualTo(states.get(0));
        String restored = restored();
        rollback(runId);
        assertThat(found(owner)).isEqualTo(states.get(0));
        assertThat(restored()).isEqualTo(restored);
        return 1;
    }

    private RollbackReport rollback(RunId runId) {
        RollbackReport report = this.rollbacks.rollback(RollbackRequest.of(runId, Worker.ACTOR, "after a crash"));
        assertThat(report.result())
                .as(report.toString())
                .isIn(RollbackResult.ROLLED_BACK, RollbackResult.NOTHING_TO_UNDO);
        return report;
    }

    private String found(int owner) throws SQLException {
        return Tree.sha256(this.server.text(Ledger.empty(owner).query()));
    }

    /** What the database remembers of restores. */
    private String restored() throws SQLException {
        return this.server.text("SELECT count(*) || ' ' || (SELECT count(rollback) FROM enact_undo.marker)"
                + " FROM enact_undo.rollback");
    }
}
