package cloud.enact.faults;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.ActionOutcome;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** One thread of a worker: changes the rows of its owner, run after run, and takes some of the runs back. */
final class RowHand implements Runnable {

    private static final int MOST_TRANSACTIONS = 3;

    private static final int MOST_STATEMENTS = 3;

    private final Enact enact;

    private final JdbcTemplate jdbc;

    private final int owner;

    private final Random random;

    private final FileOutputStream out;

    RowHand(Enact enact, JdbcTemplate jdbc, int owner, Random random, FileOutputStream out) {
        this.enact = enact;
        this.jdbc = jdbc;
        this.owner = owner;
        this.random = random;
        this.out = out;
    }

    @Override
    public void run() {
        try {
            goOn();
        } catch (Throwable ex) {
            ex.printStackTrace();
            Report.write(this.out, Report.BROKEN, Integer.toString(this.owner));
        }
    }

    /** Works until something fails. */
    void goOn() {
        Ledger ledger = found();
        while (true) {
            ledger = work(ledger);
        }
    }

    private Ledger found() {
        Map<Integer, String> rows = new TreeMap<>();
        this.jdbc.query("SELECT id, v FROM ledger WHERE owner = " + this.owner, row -> {
            rows.put(row.getInt(1), row.getString(2));
        });
        return new Ledger(this.owner, rows);
    }

    private Ledger work(Ledger before) {
        Ledger after = before;
        List<List<String>> transactions = new ArrayList<>();
        List<String> states = new ArrayList<>(List.of(before.digest()));
        for (int left = 1 + this.random.nextInt(MOST_TRANSACTIONS); left > 0; left--) {
            List<String> statements = new ArrayList<>();
            for (int more = 1 + this.random.nextInt(MOST_STATEMENTS); more > 0; more--) {
                Ledger.Change change = after.anyChange(this.random);
                statements.add(change.sql());
                after = change.after();
            }
            transactions.add(statements);
            states.add(after.digest());
        }
        RunId runId;
        try (OpenRun run = this.enact.openRun("ledger")) {
            runId = run.id();
            announce(Report.TRY, runId, states);
            ActionResult result = this.enact.run("ledger.work", Worker.ACTOR, Map.of("transactions", transactions));
            if (!(result.outcome() instanceof ActionOutcome.Succeeded)) {
                throw new IllegalStateException("Not done: " + result);
            }
            announce(Report.DONE, runId, List.of(after.digest()));
        }
        if (this.random.nextInt(3) > 0) {
            return after;
        }
        announce(Report.UNDO, runId, List.of(before.digest(), after.digest()));
        RollbackReport report = this.enact.rollback(RollbackRequest.of(runId, Worker.ACTOR, null));
        if (report.result() != RollbackResult.ROLLED_BACK && report.result() != RollbackResult.NOTHING_TO_UNDO) {
            throw new IllegalStateException("Not undone: " + report);
        }
        announce(Report.UNDONE, runId, List.of(before.digest()));
        return before;
    }

    private void announce(String word, RunId runId, List<String> states) {
        Report.write(this.out, word, Integer.toString(this.owner), runId.toString(), String.join(" ", states));
    }
}
