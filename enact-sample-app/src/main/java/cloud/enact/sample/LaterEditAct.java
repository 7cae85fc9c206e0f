package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A person edits a row that the agent had changed, and a rollback does not overwrite it. */
@Component
@Order(7)
final class LaterEditAct implements Act {

    private static final int CUSTOMER = 12;

    private final JdbcTemplate jdbc;

    LaterEditAct(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String title() {
        return "A person edits one of the rows, and a rollback refuses to overwrite it";
    }

    @Override
    public String prompt() {
        return "Then only set those 5 customers to inactive.";
    }

    @Override
    public List<Turn> script() {
        return List.of(
                Turn.call("retire_customers", Map.of("since", "2026-12-31")),
                Turn.say("Done, the 5 customers are inactive."));
    }

    @Override
    public RunId play(Stage stage) {
        RunId run = stage.ask("retire customers", prompt());

        String agents = status();
        this.jdbc.update("UPDATE customers SET status = 'blocked' WHERE id = ?", CUSTOMER);
        stage.terminal().line("person edits", "status of customer " + CUSTOMER + ": " + agents + " -> " + status());
        DatabaseDigest edited = DatabaseDigest.of(this.jdbc);
        RollbackReport report = stage.rollback(run);
        stage.terminal().line("still there", "status of customer " + CUSTOMER + ": " + status());

        Stage.expect(
                report.result() == RollbackResult.REFUSED,
                "the rollback ended as " + report.result() + ": " + report.message());
        Stage.expect(DatabaseDigest.of(this.jdbc).equals(edited), "a rollback that was refused changed something");
        return run;
    }

    private @Nullable String status() {
        return this.jdbc.queryForObject("SELECT status FROM customers WHERE id = ?", String.class, CUSTOMER);
    }
}
