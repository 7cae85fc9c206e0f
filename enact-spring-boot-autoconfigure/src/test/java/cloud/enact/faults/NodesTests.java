package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several application nodes, each a JVM, keep their receipts in one PostgreSQL. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NodesTests {

    @TempDir
    private Path folder;

    private CrashingServer server;

    @BeforeEach
    void start() throws Exception {
        this.server = new CrashingServer(this.folder.resolve("server"));
        assertThat(this.server.text("SHOW fsync")).isEqualTo("on");
    }

    @AfterEach
    void stop() throws Exception {
        this.server.close();
    }

    private Child node(String name) throws Exception {
        Child node = Child.start(this.folder, NodeWorker.class, name, this.server.url());
        node.readUntil(NodeWorker.LOG, 1);
        return node;
    }

    private static String log(Child node) {
        return node.reports().stream()
                .filter(report -> report.word().equals(NodeWorker.LOG))
                .map(report -> report.values().get(0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeThatStartsLaterGoesOnWithTheLogOfOneThatWasKilled() throws Exception {
        Child first = node("first");
        Child second = node("second");
        assertThat(log(second)).isNotEqualTo(log(first));
        first.readUntil(Report.RECEIPT, 200);
        second.readUntil(Report.RECEIPT, 200);

        first.kill();
        while (this.server
                .text("SELECT expires_at > clock_timestamp() FROM enact.receipt_log WHERE log = '" + log(first) + "'")
                .equals("t")) {
            // the other node goes on meanwhile
            second.read(1);
        }
        Child third = node("third");
        third.readUntil(Report.RECEIPT, 200);
        third.stop();
        second.stop();

        assertThat(log(third)).isEqualTo(log(first));
        requireAllThere(List.of(first, second, third));
    }

    @Test
    void theServerDiesUnderTheNodesAndTheyGoOn() throws Exception {
        Child first = node("first");
        Child second = node("second");
        for (int kill = 0; kill < 3; kill++) {
            int before = receipts(first);
            first.readUntil(Report.RECEIPT, before + 50);
            this.server.kill();
            this.server.restart();
            int after = receipts(second);
            first.readUntil(Report.RECEIPT, receipts(first) + 50);
            second.readUntil(Report.RECEIPT, after + 50);
        }
        first.stop();
        second.stop();

        requireAllThere(List.of(first, second));
    }

    private static int receipts(Child node) {
        return (int) node.reports().stream()
                .filter(report -> report.word().equals(Report.RECEIPT))
                .count();
    }

    /** Nothing that was acknowledged is lost, and the logs have no fork and no gap, as their checkpoints say, too. */
    private void requireAllThere(List<Child> nodes) {
        try (LampApplication next = new LampApplication(
                this.folder,
                "enact.receipts.store=jdbc",
                "enact.receipts.checkpoints.sinks.file.path=" + this.folder.resolve("checkpoints.txt"),
                "spring.datasource.url=" + this.server.url())) {
            assertThat(next.verifies()).as("checkpoints outside").isPositive();
            ReceiptStore store = next.store();
            assertThat(store.logs()).hasSize(2);
            Map<String, String> acknowledged = nodes.stream()
                    .flatMap(node -> node.reports().stream())
                    .filter(report -> report.word().equals(Report.RECEIPT))
                    .collect(Collectors.toMap(
                            report -> report.values().get(0) + "/"
                                    + report.values().get(1),
                            report -> report.values().get(2)));
            assertThat(acknowledged).isNotEmpty();
            Map<String, String> stored = store.logs().stream()
                    .flatMap(log -> entries(store, log))
                    .collect(Collectors.toMap(entry -> entry.log() + "/" + entry.seq(), Receipt::signature));
            assertThat(stored).containsAllEntriesOf(acknowledged);
        }
    }

    private static Stream<Receipt> entries(ReceiptStore store, String log) {
        Stream.Builder<Receipt> entries = Stream.builder();
        List<Receipt> page = store.read(log, 1, 500);
        while (!page.isEmpty()) {
            page.forEach(entries);
            page = store.read(log, page.get(page.size() - 1).seq() + 1, 500);
        }
        return entries.build();
    }
}
