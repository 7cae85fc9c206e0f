package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.sqlite.LogLease;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills an application in the middle of its work, again and again, and looks at what is left. {@code -Pfaults} kills
 * 200 times, {@code -Denact.faults.kills} as often as it says.
 */
class KilledApplicationTests {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path home;

    private int acknowledged;

    private int undone;

    @Test
    @DisplayName("kill -9 loses no acknowledged receipt, and leaves every file as before, as after, or restorable")
    void killedApplicationLosesNothing() throws Exception {
        int kills = Integer.getInteger("enact.faults.kills", 10);
        long seed = Long.getLong("enact.faults.seed", new Random().nextLong());
        System.out.println("Crash seed: " + seed + " (-Denact.faults.seed)");
        Random random = new Random(seed);
        for (int worker = 0; worker < CrashingWorkers.WORKERS; worker++) {
            Files.createDirectories(this.home.resolve("root/w" + worker));
        }

        for (int kill = 0; kill < kills; kill++) {
            Killed killed = runAndKill(random.nextLong(), 5 + random.nextInt(150));
            inspect(killed);
        }

        System.out.println("Killed " + kills + " times: " + this.acknowledged + " acknowledged actions all on record, "
                + this.undone + " runs in doubt rolled back");
        assertThat(this.acknowledged).isPositive();
    }

    /** What an application had said when it was killed. */
    private record Killed(List<RunId> acknowledged, Map<Integer, Try> unfinished) {}

    private record Try(RunId run, String before, String after) {}

    private Killed runAndKill(long seed, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWorkers.class.getName(),
                        this.home.toString(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        List<RunId> acknowledged = new ArrayList<>();
        Map<Integer, Try> unfinished = new HashMap<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("TRY") && words.length == 5) {
                    unfinished.put(Integer.valueOf(words[1]), new Try(RunId.parse(words[2]), words[3], words[4]));
                } else if (words[0].equals("ACK") && words.length == 3) {
                    unfinished.remove(Integer.valueOf(words[1]));
                    acknowledged.add(RunId.parse(words[2]));
                } else {
                    assertThat(line).as("what the application says").doesNotStartWith("BROKEN");
                }
                if (++seen == lines) {
                    // through the handle, because the process itself would close its output as well
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(seen).as("lines before the kill").isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Killed(acknowledged, unfinished);
    }

    private void inspect(Killed killed) throws IOException {
        Path file = this.home.resolve("data/enact.db");
        IdGenerator ids = IdGenerator.uuidV7(CLOCK);
        ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(CrashingWorkers.SECRET));
        BlobStore blobs = BlobStore.inDirectory(this.home.resolve("data/undo"));
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                LogLease lease = store.lease(ids);
                ReceiptLog log = ReceiptLog.groupCommit(
                        lease.log(), store, keys.signer(), Masking.defaults(), ReceiptLogOptions.defaults(), CLOCK);
                SqliteUndoLog undoLog = SqliteUndoLog.open(file, keys.undoSeal());
                FilesystemConnector files =
                        FilesystemConnector.undoOnly("filesystem", this.home.resolve("root"), blobs)) {
            ReceiptVerifier verifier = new ReceiptVerifier(store, keys);
            RollbackService rollbacks =
                    RollbackService.of(store, log, verifier, undoLog, List.of(files.undo()), id -> false, ids, CLOCK);

            assertThat(verifier.verifyAll().problems()).isEmpty();
            assertThat(store.logs())
                    .as("one log, taken over by every successor")
                    .hasSize(1);
            for (RunId run : killed.acknowledged()) {
                assertThat(store.findByRun(run))
                        .extracting(Receipt::kind)
                        .containsExactly(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
                this.acknowledged++;
            }
            List<RunId> inDoubt = new InDoubtRuns(store)
                    .find(id -> false).stream().map(Receipt::runId).toList();
            for (Map.Entry<Integer, Try> unfinished : killed.unfinished().entrySet()) {
                settle(unfinished.getKey(), unfinished.getValue(), store, inDoubt, rollbacks);
            }
        }
    }

    private void settle(
            int worker, Try unfinished, SqliteReceiptStore store, List<RunId> inDoubt, RollbackService rollbacks)
            throws IOException {
        Path directory = this.home.resolve("root/w" + worker);
        List<ReceiptKind> kinds =
                store.findByRun(unfinished.run()).stream().map(Receipt::kind).toList();
        if (kinds.isEmpty()) {
            assertThat(Desk.read(directory).digest())
                    .as("nothing changes before its decision is durable")
                    .isEqualTo(unfinished.before());
            return;
        }
        boolean completed = kinds.contains(ReceiptKind.COMPLETED);
        assertThat(inDoubt.contains(unfinished.run())).as("in doubt").isEqualTo(!completed);
        if (completed) {
            assertThat(Desk.read(directory).digest()).isEqualTo(unfinished.after());
        }

        RollbackReport report =
                rollbacks.rollback(RollbackRequest.of(unfinished.run(), Actor.of("recovery"), "after a crash"));

        assertThat(report.result())
                .as(report.toString())
                .isIn(RollbackResult.ROLLED_BACK, RollbackResult.PARTIAL, RollbackResult.NOTHING_TO_UNDO);
        assertThat(Desk.read(directory).digest()).as(report.toString()).isEqualTo(unfinished.before());
        this.undone++;
    }
}
