package cloud.enact.sample;

import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Component;

/** Where acts are played: an agent with its tools, a terminal, and a look at the receipts. */
@Component
final class Stage {

    private final Terminal terminal;

    private final ChatClient agent;

    private final Enact enact;

    private final ReceiptStore receipts;

    private final ReceiptVerifier verifier;

    Stage(
            DemoProperties properties,
            ChatClient.Builder agent,
            GitTools gitTools,
            ProjectTools projectTools,
            CustomerTools customerTools,
            IssueTools issueTools,
            Enact enact,
            ReceiptStore receipts,
            ReceiptVerifier verifier) {
        this.terminal = new Terminal(System.out, properties.pause());
        // the workflows that application.yml lists are offered already
        this.agent = agent.defaultTools(gitTools, projectTools, customerTools, issueTools)
                .defaultAdvisors(new Transcript(this.terminal))
                .build();
        this.enact = enact;
        this.receipts = receipts;
        this.verifier = verifier;
    }

    Terminal terminal() {
        return this.terminal;
    }

    Enact enact() {
        return this.enact;
    }

    /** Rolls a run back and prints what came of it. */
    RollbackReport rollback(RunId run) {
        RollbackReport report = this.enact.rollback(run);
        this.terminal.line("rollback", report.result() + ": " + report.message());
        this.terminal.lines(
                "step",
                report.steps().stream()
                        .map(step -> step.action() + " " + step.restoration() + ": " + step.detail())
                        .toList());
        return report;
    }

    /** Asks the agent; all its tool calls are one run. */
    RunId ask(String name, String prompt) {
        this.terminal.line("person asks", prompt);
        try (OpenRun run = this.enact.openRun(name)) {
            this.agent.prompt().user(prompt).call().content();
            return run.id();
        }
    }

    /** The latest of the runs whose rollback would now have this result for the first time, or {@code null}. */
    @Nullable
    RunId latest(List<RunId> runs, RollbackResult result) {
        RunId latest = null;
        for (RunId run : runs) {
            RollbackReport preview = this.enact.previewRollback(run);
            if (preview.result() == result && !preview.repeated()) {
                latest = run;
            }
        }
        return latest;
    }

    /** Everything recorded of a run, oldest first. */
    List<Receipt> receipts(RunId run) {
        return this.receipts.findByRun(run);
    }

    /** Prints the receipts of a run and checks their signatures and their chain. */
    void showReceipts(RunId run) {
        this.terminal.line("run", run.toString());
        List<Receipt> receipts = receipts(run);
        if (receipts.isEmpty()) {
            this.terminal.line("receipts", "none: no tool was called");
            return;
        }
        this.terminal.lines("receipts", receipts.stream().map(Stage::describe).toList());
        showSignatures(run);
    }

    /** Checks the signatures and the chain of a run's receipts. */
    void showSignatures(RunId run) {
        Verification verification = this.verifier.verify(run);
        this.terminal.line("signatures", verification.summary());
        expect(verification.valid(), "the receipts of run " + run + " do not verify: " + verification.summary());
    }

    private static String describe(Receipt receipt) {
        Map<String, ?> fields = receipt.fields();
        // an outcome where there is one, else the decision
        Object result = (fields.get("outcome") != null) ? fields.get("outcome") : receipt.decision();
        return String.format(
                        Locale.ROOT,
                        "%-16s %-22s %-12s %s",
                        receipt.kind(),
                        receipt.action(),
                        result,
                        String.join(", ", objections(fields)))
                .stripTrailing();
    }

    private static List<String> objections(Map<String, ?> fields) {
        List<String> names = new ArrayList<>();
        if (fields.get("policy_results") instanceof List<?> results) {
            for (Object result : results) {
                if (result instanceof Map<?, ?> verdict
                        && ("BLOCK".equals(verdict.get("effect")) || "ASK".equals(verdict.get("effect")))) {
                    names.add(String.valueOf(verdict.get("policy")));
                }
            }
        }
        return names;
    }

    /**
     * Requires something to be as it should.
     *
     * @throws UnexpectedException with the complaint when it is not
     */
    static void expect(boolean fulfilled, String complaint) {
        if (!fulfilled) {
            throw new UnexpectedException(complaint);
        }
    }
}
