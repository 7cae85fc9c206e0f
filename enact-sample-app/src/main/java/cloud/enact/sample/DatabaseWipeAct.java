package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The agent is to clean up a few customers and deletes all of them, and a rollback brings every row back. */
@Component
@Order(6)
final class DatabaseWipeAct implements Act {

    private final JdbcTemplate jdbc;

    DatabaseWipeAct(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String title() {
        return "The agent wipes a database, and a rollback brings it back";
    }

    @Override
    public String prompt() {
        return "Clean up: delete the 5 customers who have not ordered since 2024.";
    }

    @Override
    public List<Turn> script() {
        // the day is wrong, by two years
        return List.of(
                Turn.call("delete_customers", Map.of("since", "2026-12-31")),
                Turn.say("Done, the 5 inactive customers are gone."));
    }

    @Override
    public RunId play(Stage stage) {
        Terminal terminal = stage.terminal();
        DatabaseDigest before = DatabaseDigest.of(this.jdbc);
        BigDecimal worth = openOrders();
        terminal.line("before", before.describe());

        RunId run = stage.ask("clean up customers", prompt());
        DatabaseDigest wiped = DatabaseDigest.of(this.jdbc);
        terminal.line("wiped", wiped.describe());
        terminal.line("lost", String.format(Locale.ROOT, "open orders worth %,.2f EUR", worth.subtract(openOrders())));
        stage.showReceipts(run);

        RollbackReport report = stage.rollback(run);
        DatabaseDigest after = DatabaseDigest.of(this.jdbc);
        terminal.line("rolled back", after.describe());
        Stage.expect(
                wiped.rows().values().stream().allMatch(rows -> rows == 0),
                "the agent's call did not wipe every table");
        Stage.expect(worth.signum() > 0, "nothing of worth was lost");
        Stage.expect(
                report.result() == RollbackResult.ROLLED_BACK,
                "the rollback ended as " + report.result() + ": " + report.message());
        Stage.expect(after.equals(before), "the database is not what it was: " + after + " instead of " + before);
        return run;
    }

    private BigDecimal openOrders() {
        return Objects.requireNonNull(this.jdbc.queryForObject(
                "SELECT coalesce(sum(quantity * price), 0) FROM order_lines JOIN orders ON id = order_id"
                        + " WHERE status = 'open'",
                BigDecimal.class));
    }
}
