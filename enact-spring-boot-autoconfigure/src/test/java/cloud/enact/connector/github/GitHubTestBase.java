package cloud.enact.connector.github;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A connector for a repository of a GitHub double. */
abstract class GitHubTestBase {

    static final String REPO = "acme/shop";

    static final List<String> ALL =
            Arrays.stream(GitHubOperation.values()).map(GitHubOperation::id).toList();

    @TempDir
    Path directory;

    GitHubDouble github;

    HostedRepository shop;

    RecordingSteps steps;

    GitHubConnector connector;

    @BeforeEach
    void start() throws Exception {
        this.github = GitHubDouble.start(this.directory.resolve("github"));
        this.shop = this.github.create("acme", "shop");
        this.steps = new RecordingSteps(BlobStore.inDirectory(this.directory.resolve("blobs")));
        this.connector = connector(ALL, this.steps);
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    GitHubConnector connector(Collection<String> operations, StepExecutor steps) {
        return builder().operations(operations).build(steps);
    }

    GitHubConnectorBuilder builder() {
        return GitHubConnector.at(this.github.endpoint(), this.github.token())
                .repositories(List.of(REPO))
                .requestTimeout(Duration.ofSeconds(20));
    }

    String main() {
        return this.shop.head("main").orElseThrow();
    }

    /** Undoes everything as a rollback does, newest first. */
    List<StepRestoration> rollBack() {
        return rollBack(false);
    }

    List<StepRestoration> rollBack(boolean force) {
        List<UndoRecord> records = this.steps.records();
        List<StepRestoration> answers = new ArrayList<>();
        StepUndo undo = this.connector.undo();
        for (int i = 0; i < records.size(); i++) {
            answers.add(undo.undo(records.get(i), records.subList(i, records.size()), force));
        }
        return answers;
    }

    List<Restoration> undone() {
        return rollBack().stream().map(StepRestoration::restoration).toList();
    }

    List<Restoration> foreseen() {
        return this.steps.precheck(this.connector.undo());
    }
}
