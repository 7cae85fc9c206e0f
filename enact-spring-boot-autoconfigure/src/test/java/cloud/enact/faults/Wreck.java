package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;

/** What the next application finds of the files a dead worker was about. */
final class Wreck {

    private final Path folder;

    private final Records records;

    private final RollbackService rollbacks;

    Wreck(Path folder, ApplicationContext next) {
        this.folder = folder;
        this.records = new Records(next);
        this.rollbacks = next.getBean(RollbackService.class);
    }

    Records records() {
        return this.records;
    }

    /** Whether the files of a run are not as they were before it. */
    boolean isChanged(Report tried) throws IOException {
        return !Tree.of(Worker.files(this.folder), tried.values().get(0))
                .digest()
                .equals(tried.values().get(3));
    }

    /**
     * For each directory of a worker: what is there is as before or after a step of what it did last, and when that
     * did not come to its end, rolling it back brings everything back.
     *
     * @return how many runs were rolled back
     */
    int assertFilesAreWholeAndComeBack(List<Report> reports) throws IOException {
        Set<String> directories = new TreeSet<>();
        reports.stream()
                .filter(report -> !report.word().equals(Report.RECEIPT))
                .forEach(report -> directories.add(report.values().get(0)));
        int rolledBack = 0;
        for (String directory : directories) {
            rolledBack += settle(directory, last(directory, reports));
        }
        return rolledBack;
    }

    private static Report last(String directory, List<Report> reports) {
        List<Report> own = reports.stream()
                .filter(report -> !report.word().equals(Report.RECEIPT)
                        && report.values().get(0).equals(directory))
                .toList();
        return own.get(own.size() - 1);
    }

    private int settle(String directory, Report last) throws IOException {
        Path files = Worker.files(this.folder);
        RunId runId = RunId.parse(last.values().get(1));
        String found = Tree.of(files, directory).digest();
        if (last.word().equals(Report.DONE) || last.word().equals(Report.UNDONE)) {
            assertThat(found)
                    .as("%s as acknowledged", directory)
                    .isEqualTo(last.values().get(2));
            return 0;
        }
        boolean undoing = last.word().equals(Report.UNDO);
        List<String> states = last.values().subList(3, last.values().size());
        String before = states.get(undoing ? states.size() - 1 : 0);
        String after = states.get(undoing ? 0 : states.size() - 1);
        List<ReceiptKind> kinds = this.records.kinds(runId);
        assertThat(found).as("%s of %s, which was %s", directory, last, kinds).isIn(states);
        if (kinds.isEmpty()) {
            assertThat(found)
                    .as("nothing was decided in %s, so nothing changed", directory)
                    .isEqualTo(before);
            return 0;
        }
        if (!undoing && this.records.succeeded(runId)) {
            assertThat(found)
                    .as("%s is done, though nobody heard of it", directory)
                    .isEqualTo(after);
            return 0;
        }
        RollbackReport report = this.rollbacks.rollback(RollbackRequest.of(runId, Worker.ACTOR, "after a crash"));
        assertThat(report.result())
                .as("%s of %s: %s", directory, last, report)
                .isIn(RollbackResult.ROLLED_BACK, RollbackResult.NOTHING_TO_UNDO);
        assertThat(Tree.of(files, directory).digest())
                .as("%s of %s, which was %s, after %s", directory, last, kinds, report)
                .isEqualTo(before);
        assertThat(Tree.directories(files, directory))
                .as("directories in %s of %s after %s", directory, last, report)
                .isEqualTo(last.values().get(2));
        return 1;
    }
}
