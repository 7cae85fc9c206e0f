package cloud.enact.faults;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunTooLargeException;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.export.EvidenceBundle;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackService;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.context.ApplicationContext;

/** A JVM with little memory that records very many actions of one run, and then does everything with that run. */
final class ManyReceiptsWorker {

    private static final int THREADS = 32;

    private ManyReceiptsWorker() {}

    /**
     * Works.
     *
     * @param args folder, number of receipts
     */
    public static void main(String[] args) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        Path folder = Path.of(args[0]);
        try (LampApplication application =
                new LampApplication(folder, "enact.receipts.checkpoints.entries=10000", "enact.receipts.timeout=60s")) {
            RunId run = Drafts.run();
            write(application, run, Integer.parseInt(args[1]) / 2);
            Report.write(out, "WRITTEN", args[1]);

            ApplicationContext context = application.context();
            ReceiptVerifier verifier = context.getBean(ReceiptVerifier.class);
            Verification verification = verifier.verifyAll();
            Report.write(
                    out, "VERIFIED", Boolean.toString(verification.valid()), Long.toString(verification.checked()));

            Report.write(out, "RUN", isTooLarge(() -> verifier.verify(run)), isTooLarge(() -> verifier.view(run)));

            RollbackReport preview = context.getBean(RollbackService.class).preview(run);
            Report.write(
                    out, "PREVIEW", preview.result().name(), preview.message().replace(' ', '_'));

            ReceiptExport.Written written = new ReceiptExport(application.store())
                    .write(ReceiptFilter.ofRun(run), ExportFormat.NDJSON, OutputStream.nullOutputStream());
            Report.write(out, "EXPORTED", Long.toString(written.entries()), Long.toString(written.damaged()));

            long entries = new EvidenceBundle(
                            application.store(),
                            (CheckpointStore) application.store(),
                            context.getBean(ReceiptKeys.class),
                            List.of())
                    .write(ReceiptFilter.ofRun(run), OutputStream.nullOutputStream())
                    .verification()
                    .checked();
            Report.write(out, "BUNDLED", Long.toString(entries));
            Report.write(out, Report.DONE);
        } catch (Throwable ex) {
            ex.printStackTrace();
            Report.write(out, Report.WRONG, String.valueOf(ex).replaceAll("\\s+", "_"));
            System.exit(1);
        }
    }

    private static void write(LampApplication application, RunId run, int actions) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int share = actions / THREADS + ((thread < actions % THREADS) ? 1 : 0);
                calls.add(executor.submit(() -> {
                    for (int i = 0; i < share; i++) {
                        ActionRequest request = Drafts.request(run, Map.of("id", i));
                        application.log().append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));
                        application.log().append(Drafts.completed(request));
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    private static String isTooLarge(Runnable work) {
        try {
            work.run();
            return "read";
        } catch (RunTooLargeException ex) {
            return "refused";
        }
    }
}
