package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many receipts one run has is nothing to the memory of the application, which has 128 MB here: what has to hold a
 * run as a whole says no, and everything else takes its time.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ManyReceiptsTests {

    @TempDir
    private Path folder;

    @Test
    void aRunOfVeryManyReceiptsIsVerifiedAndExportedAndNotRolledBackBlindly() throws Exception {
        int receipts = Integer.getInteger("enact.faults.receipts", 20_000);
        Files.createDirectories(Worker.store(this.folder).getParent());

        Child child = Child.start("128m", this.folder, ManyReceiptsWorker.class, Integer.toString(receipts));
        child.readUntil(Report.DONE, 1);
        child.end();

        String count = Integer.toString(receipts);
        assertThat(values(child, "VERIFIED")).startsWith("true");
        assertThat(Integer.parseInt(values(child, "VERIFIED").get(1))).isGreaterThanOrEqualTo(receipts);
        assertThat(values(child, "RUN")).containsExactly("refused", "refused");
        assertThat(values(child, "PREVIEW")).startsWith("REFUSED");
        assertThat(values(child, "EXPORTED")).containsExactly(count, "0");
        assertThat(values(child, "BUNDLED")).containsExactly(count);
        System.out.println("Wrote, verified and exported a run of " + receipts + " receipts with a heap of 128 MB");
    }

    private static List<String> values(Child child, String word) {
        return child.reports().stream()
                .filter(report -> report.word().equals(word))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
