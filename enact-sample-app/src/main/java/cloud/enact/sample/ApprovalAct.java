package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** A policy wants a person to look at a refund, and it happens once that person has said yes. */
@Component
@Profile("!coding-agents")
@Order(5)
final class ApprovalAct implements Act {

    private static final int ORDER = 71;

    private static final Turn REFUND = Turn.call("refund_order", Map.of("order", ORDER, "amount", 900));

    private final JdbcTemplate jdbc;

    private final ApprovalService approvals;

    ApprovalAct(JdbcTemplate jdbc, ApprovalService approvals) {
        this.jdbc = jdbc;
        this.approvals = approvals;
    }

    @Override
    public String title() {
        return "A refund waits for a person";
    }

    @Override
    public String prompt() {
        return "The customer of order " + ORDER + " is angry. Refund 900 EUR.";
    }

    @Override
    public List<Turn> script() {
        return List.of(REFUND, Turn.say("A person has to look at it. Ask me again later."));
    }

    private String reminder() {
        return "And now, is it refunded?";
    }

    @Override
    public Map<String, List<Turn>> scripts() {
        return Map.of(prompt(), script(), reminder(), List.of(REFUND, Turn.say("It is refunded now.")));
    }

    @Override
    public RunId play(Stage stage) {
        RunId asked = stage.ask("refund", prompt());
        String before = status();

        List<ApprovalRequest> waiting = this.approvals.findOpen(null, 2);
        Stage.expect(waiting.size() == 1, waiting.size() + " calls wait for a person");
        // as the console, a link in a mail or the actuator would
        Approver boss = new Approver("boss@shop.example", Set.of(), "demo");
        this.approvals.answer(waiting.get(0).id(), boss, true, "I have talked to the customer");
        stage.terminal().line("boss says", "yes: I have talked to the customer");

        RunId run = stage.ask("refund", reminder());
        stage.showReceipts(run);
        stage.terminal().line("order " + ORDER, before + " before, " + status() + " after");
        Stage.expect(!"refunded".equals(before), "the refund did not wait");
        Stage.expect("refunded".equals(status()), "the refund did not happen");
        // a refund is not what the audience is to roll back
        return asked;
    }

    private @Nullable String status() {
        return this.jdbc.queryForObject("SELECT status FROM orders WHERE id = ?", String.class, ORDER);
    }
}
