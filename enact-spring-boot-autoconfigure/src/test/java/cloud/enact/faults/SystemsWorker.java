package cloud.enact.faults;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.scenario.Boundaries;
import cloud.enact.scenario.Shop;
import java.io.FileOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A JVM that is made to die in the middle of one run over several systems, or of its rollback. It says on standard
 * output which run that is, and when it came to its end.
 */
final class SystemsWorker {

    /** Die while the run acts. */
    static final String ACT = "act";

    /** Die while it is rolled back. */
    static final String UNDO = "undo";

    private SystemsWorker() {}

    /**
     * Works.
     *
     * @param args folder, when to die, at which boundary, settings
     */
    public static void main(String[] args) {
        FileOutputStream out = Report.standardOutput();
        int boundary = Integer.parseInt(args[2]);
        IntConsumer death = number -> {
            if (number == boundary) {
                Runtime.getRuntime().halt(FaultyBeans.HALTED);
            }
        };
        IntConsumer life = number -> {};
        Boundaries boundaries = new Boundaries();
        List<String> settings = Arrays.asList(args).subList(3, args.length);
        Enact enact = Shop.start(settings, context -> context.getBeanFactory().addBeanPostProcessor(boundaries))
                .getBean(Enact.class);
        RunId runId;
        try (OpenRun run = enact.openRun("shop")) {
            runId = run.id();
            Report.write(out, Report.TRY, runId.toString());
            boundaries.at(args[1].equals(ACT) ? death : life);
            ActionResult result = enact.run("shop.raise_prices", Worker.ACTOR, Map.of());
            if (!result.passed()) {
                Report.write(out, Report.WRONG, String.valueOf(result.outcome()));
            }
        }
        boundaries.at(args[1].equals(UNDO) ? death : life);
        RollbackReport report = enact.rollback(RollbackRequest.of(runId, Worker.ACTOR, null));
        Report.write(out, Report.UNDONE, runId.toString(), report.result().name());
        // what is left alive must not keep the JVM alive
        Runtime.getRuntime().halt(0);
    }
}
