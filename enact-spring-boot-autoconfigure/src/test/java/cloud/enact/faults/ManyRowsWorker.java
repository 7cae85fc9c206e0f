package cloud.enact.faults;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.action.ActionOutcome;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** A JVM with little memory that deletes all rows of a large table and takes that back. */
final class ManyRowsWorker {

    private ManyRowsWorker() {}

    /**
     * Works.
     *
     * @param args folder, address of the database
     */
    public static void main(String[] args) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        try (ConfigurableApplicationContext context = RowWorker.start(Path.of(args[0]), args[1])) {
            Enact enact = context.getBean(Enact.class);
            ActionResult result = enact.run(
                    "ledger.work", Worker.ACTOR, Map.of("transactions", List.of(List.of("DELETE FROM many"))));
            if (!(result.outcome() instanceof ActionOutcome.Succeeded)) {
                throw new IllegalStateException("Not done: " + result);
            }
            Report.write(out, Report.DONE, String.valueOf(result.runId()));
            // whoever reads this looks at the database before it goes on
            System.in.read();
            RollbackReport report = enact.rollback(RollbackRequest.of(result.runId(), Worker.ACTOR, null));
            if (report.result() != RollbackResult.ROLLED_BACK) {
                throw new IllegalStateException("Not undone: " + report);
            }
            Report.write(out, Report.UNDONE, String.valueOf(result.runId()));
        } catch (Throwable ex) {
            ex.printStackTrace();
            Report.write(out, Report.WRONG, ex.getClass().getName());
            System.exit(1);
        }
    }
}
