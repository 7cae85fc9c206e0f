package cloud.enact.connector.github;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A GitHub with one repository, and a connector that may do everything there. */
final class GitHubAtWork implements AutoCloseable {

    static final String REPO = "acme/shop";

    final GitHubDouble github;

    HostedRepository shop;

    final BlobStore blobs;

    RecordingSteps steps;

    private int repositories;

    GitHubAtWork(Path directory) throws IOException {
        this.github = GitHubDouble.start(directory.resolve("github"));
        this.shop = this.github.create("acme", "shop");
        this.blobs = BlobStore.inDirectory(directory.resolve("undo"));
        this.steps = new RecordingSteps(this.blobs);
    }

    /** Goes on with a new repository and a new run. */
    void startAnew() {
        this.github.faults().clear();
        this.shop = this.github.create("acme", "again" + this.repositories++);
        this.steps = new RecordingSteps(this.blobs);
    }

    String repo() {
        return this.shop.fullName();
    }

    GitHubConnectorBuilder builder() {
        return GitHubConnector.at(this.github.endpoint(), this.github.token())
                .operations(Set.of(GitHubOperation.values()).stream()
                        .map(GitHubOperation::id)
                        .collect(Collectors.toSet()))
                .repositories(List.of("acme/*"))
                .requestTimeout(Duration.ofSeconds(20));
    }

    GitHubConnector connector() {
        return builder().build(this.steps);
    }

    /** The same hands, whose steps belong to another run. */
    GitHubConnector other() {
        return builder().build(new RecordingSteps(this.blobs));
    }

    int openPullRequest(String title, String head, String base) {
        Object number = other().createPr(repo(), title, "", head, base).output().get("number");
        return ((Number) Objects.requireNonNull(number)).intValue();
    }

    StepResult push(String branch, String path, @Nullable String text) {
        Map<String, @Nullable Object> files = new LinkedHashMap<>();
        files.put(path, text);
        return connector().pushCommit(repo(), branch, "Change " + path, files);
    }

    /** What the connector works with. */
    GitData git() {
        GitHubClient client = new GitHubClient(
                new GitHubEndpoint(this.github.endpoint()), this.github.token(), GitHubLimits.defaults());
        return new GitData(client, RepositoryName.of(repo()));
    }

    /** The newest step. */
    UndoRecord record() {
        return this.steps.records().get(0);
    }

    StepRestoration undo() {
        return undo(false);
    }

    StepRestoration undo(boolean force) {
        return connector().undo().undo(record(), force);
    }

    /** Undoes every step the way a rollback does. */
    List<StepRestoration> rollBack() {
        StepUndo undo = connector().undo();
        List<UndoRecord> records = this.steps.records();
        List<StepRestoration> lines = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            lines.add(undo.undo(records.get(i), records.subList(i, records.size()), false));
        }
        return lines;
    }

    /** References but for those of pull requests, which GitHub keeps itself. */
    Map<String, String> refs() {
        Map<String, String> refs = new LinkedHashMap<>(this.shop.refs());
        refs.keySet().removeIf(ref -> ref.startsWith("refs/pull/"));
        return refs;
    }

    /** Branches only. */
    Map<String, String> branches() {
        Map<String, String> branches = refs();
        branches.keySet().removeIf(ref -> !ref.startsWith("refs/heads/"));
        return branches;
    }

    String head(String branch) {
        return this.shop.head(branch).orElseThrow();
    }

    @Override
    public void close() {
        this.github.close();
    }
}
