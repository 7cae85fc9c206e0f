package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names are compared and moved in one go. */
class UpdateRefsTests {

    private static final String NOWHERE = "0".repeat(40);

    private final HttpClient http = HttpClient.newHttpClient();

    private GitHubDouble github;

    private HostedRepository shop;

    private String first;

    private String second;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
        this.first = this.shop.head("main").orElseThrow();
        this.second = this.shop.commit("feature", Map.of("a.txt", "a\n"), "Add a");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void aNameMovesOnlyFromWhereItIsExpected() throws Exception {
        assertThat(errors(update(change("main", this.second, this.first, false))))
                .contains("STALE_DATA");
        assertThat(this.shop.head("main")).contains(this.first);

        assertThat(errors(update(change("main", this.first, this.second, false))))
                .isEmpty();
        assertThat(this.shop.head("main")).contains(this.second);
    }

    @Test
    void zerosBeforeMeanThatTheNameIsNew() throws Exception {
        assertThat(errors(update(change("main", NOWHERE, this.first, false)))).contains("STALE_DATA");
        assertThat(errors(update(change("new", NOWHERE, this.second, false)))).isEmpty();

        assertThat(this.shop.head("new")).contains(this.second);
    }

    @Test
    void zerosAfterDelete() throws Exception {
        assertThat(errors(update(change("feature", this.first, NOWHERE, false))))
                .contains("STALE_DATA");
        assertThat(errors(update(change("feature", this.second, NOWHERE, false))))
                .isEmpty();

        assertThat(this.shop.head("feature")).isEmpty();
    }

    @Test
    void withoutForceNoCommitGetsLost() throws Exception {
        assertThat(errors(update(change("feature", this.second, this.first, false))))
                .contains("not a fast forward");
        assertThat(errors(update(change("feature", this.second, this.first, true))))
                .isEmpty();

        assertThat(this.shop.head("feature")).contains(this.first);
    }

    @Test
    void aProtectedBranchStaysWhereItIsWithAllThatWasAskedForBesides() throws Exception {
        this.shop.protect("main");
        var before = this.shop.state();

        String errors = errors(
                update(change("aside", NOWHERE, this.second, false), change("main", this.first, this.second, false)));

        assertThat(errors).contains("GH006");
        assertThat(this.shop.state()).isEqualTo(before);
    }

    @Test
    void oneNameThatMovedKeepsAllOthersWhereTheyAre() throws Exception {
        var before = this.shop.state();

        update(
                change("main", this.first, this.second, false),
                change("new", NOWHERE, this.second, false),
                change("feature", this.first, NOWHERE, true));

        assertThat(this.shop.state()).isEqualTo(before);
    }

    @Test
    void namesOutsideOfTheBranchesAreTakenToo() throws Exception {
        assertThat(errors(update(change("refs/enact/pin/1", NOWHERE, this.second, false))))
                .isEmpty();

        assertThat(this.shop.refs()).containsEntry("refs/enact/pin/1", this.second);
    }

    @Test
    void ofTwoAtOnceExactlyOneMovesTheName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                String now = this.shop.head("main").orElseThrow();
                this.shop.forcePush("left", now);
                this.shop.forcePush("right", now);
                List<String> tips = List.of(
                        this.shop.commit("left", Map.of("l" + round, "l"), "Left"),
                        this.shop.commit("right", Map.of("r" + round, "r"), "Right"));
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<String>> answers = new ArrayList<>();
                for (String tip : tips) {
                    String aside = "won-" + tip;
                    answers.add(threads.submit(() -> {
                        start.await();
                        return errors(update(change("main", now, tip, false), change(aside, NOWHERE, tip, false)));
                    }));
                }
                List<Boolean> moved = new ArrayList<>();
                for (Future<String> answer : answers) {
                    moved.add(answer.get().isEmpty());
                }

                assertThat(moved).containsExactlyInAnyOrder(true, false);
                String winner = tips.get(moved.indexOf(true));
                assertThat(this.shop.head("main")).contains(winner);
                assertThat(this.shop.head("won-" + winner)).contains(winner);
                assertThat(this.shop.head("won-" + tips.get(moved.indexOf(false))))
                        .isEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theMutationMayBeWrittenOut() throws Exception {
        JsonNode answer = post("""
                mutation {
                  updateRefs(input: {repositoryId: "%s", clientMutationId: "m1",
                      refUpdates: [{name: "refs/heads/main", beforeOid: "%s", afterOid: "%s", force: false}]}) {
                    clientMutationId
                  }
                }
                """.formatted(nodeId(), this.first, this.second), null);

        assertThat(answer.at("/data/updateRefs/clientMutationId").asString()).isEqualTo("m1");
        assertThat(this.shop.head("main")).contains(this.second);
    }

    @Test
    void aRepositoryThatIsNotThereIsNotFound() throws Exception {
        JsonNode answer = post(
                "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }",
                Map.of("input", Map.of("repositoryId", "R_none", "refUpdates", List.of())));

        assertThat(errors(answer)).contains("NOT_FOUND");
    }

    private static Map<String, Object> change(String name, String before, String after, boolean force) {
        return Map.of(
                "name",
                name.startsWith("refs/") ? name : "refs/heads/" + name,
                "beforeOid",
                before,
                "afterOid",
                after,
                "force",
                force);
    }

    @SafeVarargs
    private JsonNode update(Map<String, Object>... changes) throws Exception {
        return post(
                "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }",
                Map.of("input", Map.of("repositoryId", nodeId(), "refUpdates", List.of(changes))));
    }

    private String nodeId() throws Exception {
        HttpRequest request = request("/repos/acme/shop").GET().build();
        return JsonMapper.shared()
                .readTree(this.http
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .get("node_id")
                .asString();
    }

    private JsonNode post(String query, @Nullable Map<String, ?> variables) throws Exception {
        Map<String, Object> body =
                variables == null ? Map.of("query", query) : Map.of("query", query, "variables", variables);
        HttpRequest request = request("/graphql")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
        HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(this.github.endpoint().resolve(path))
                .header("Authorization", "Bearer " + this.github.token());
    }

    private static String errors(JsonNode answer) {
        JsonNode errors = answer.get("errors");
        return errors == null ? "" : errors.toString();
    }
}
