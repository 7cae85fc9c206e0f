package cloud.enact.doubles.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between a client and the double. */
class FaultsTests {

    private static final String ISSUES = "/repos/acme/shop/issues";

    private final HttpClient http = HttpClient.newHttpClient();

    private GitHubDouble github;

    private HostedRepository shop;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.github = GitHubDouble.start(directory);
        this.shop = this.github.create("acme", "shop");
    }

    @AfterEach
    void stop() {
        this.github.close();
    }

    @Test
    void aDroppedRequestDoesNothing() throws Exception {
        this.github.faults().on("POST", ISSUES).dropRequest();

        assertThatThrownBy(() -> openIssue("First")).isInstanceOf(IOException.class);
        assertThat(this.shop.state().tickets()).isEmpty();
        assertThat(openIssue("Second").statusCode()).isEqualTo(201);
    }

    @Test
    void aDroppedResponseLeavesWhatWasDone() {
        this.github.faults().on("POST", ISSUES).dropResponse();

        assertThatThrownBy(() -> openIssue("First")).isInstanceOf(IOException.class);
        assertThat(this.shop.state().tickets()).hasSize(1);
    }

    @Test
    void aCutResponseEndsInTheMiddle() {
        this.github.faults().on("POST", ISSUES).cutResponse();

        assertThatThrownBy(() -> openIssue("First")).isInstanceOf(IOException.class);
        assertThat(this.shop.state().tickets()).hasSize(1);
    }

    @Test
    void rateLimitsSayHowLongToWait() throws Exception {
        this.github.faults().on("POST", ISSUES).primaryRateLimit(Instant.ofEpochSecond(2_000_000_000L));
        HttpResponse<String> primary = openIssue("First");
        this.github.faults().on("POST", ISSUES).secondaryRateLimit(429, 30);
        HttpResponse<String> secondary = openIssue("Second");

        assertThat(primary.statusCode()).isEqualTo(403);
        assertThat(primary.headers().firstValue("x-ratelimit-remaining")).contains("0");
        assertThat(primary.headers().firstValue("x-ratelimit-reset")).contains("2000000000");
        assertThat(secondary.statusCode()).isEqualTo(429);
        assertThat(secondary.headers().firstValue("retry-after")).contains("30");
        assertThat(this.shop.state().tickets()).isEmpty();
    }

    @Test
    void aFaultMeetsTheRequestsThatItIsMeantFor() throws Exception {
        this.github.faults().on("POST", ISSUES).after(1).times(2).answer(502, "Bad gateway");

        int[] statuses = new int[4];
        for (int i = 0; i < 4; i++) {
            statuses[i] = openIssue("Title " + i).statusCode();
        }

        assertThat(statuses).containsExactly(201, 502, 502, 201);
    }

    @Test
    void aFailureMayComeAfterTheDeed() throws Exception {
        this.github.faults().on("POST", ISSUES).answerAfterActing(500, "Oops");

        assertThat(openIssue("First").statusCode()).isEqualTo(500);
        assertThat(this.shop.state().tickets()).hasSize(1);
    }

    @Test
    void aHeldRequestWaitsUntilItIsReleased() {
        CountDownLatch released = new CountDownLatch(1);
        this.github.faults().on("GET", ISSUES).holdUntil(released);

        CompletableFuture<HttpResponse<String>> answer =
                this.http.sendAsync(request(ISSUES).GET().build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer).isNotDone();
        released.countDown();
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void somebodyElseMayPushBetweenAReadAndWhatFollows() throws Exception {
        String before = this.shop.head("main").orElseThrow();
        this.github
                .faults()
                .on("GET", "/repos/acme/shop/git/refs?/heads/main")
                .beforeAnswering(() -> this.shop.commit("main", Map.of("late.txt", "x"), "Come between"));

        HttpResponse<String> read = this.http.send(
                request("/repos/acme/shop/git/ref/heads/main").GET().build(), HttpResponse.BodyHandlers.ofString());

        assertThat(read.body()).contains(before);
        assertThat(this.shop.head("main").orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void requestsAreWrittenDownWithoutTheirHeaders() throws Exception {
        openIssue("First");

        assertThat(this.github.requests()).extracting(GitHubRequest::toString).containsExactly("POST " + ISSUES);
        assertThat(this.github.requests().toString()).doesNotContain(this.github.token());
    }

    @Test
    void theScopesOfTheTokenAreSaid() throws Exception {
        this.github.scopes("public_repo", "read:user");

        assertThat(openIssue("First").headers().firstValue("x-oauth-scopes")).contains("public_repo, read:user");
    }

    private HttpResponse<String> openIssue(String title) throws IOException, InterruptedException {
        return this.http.send(
                request(ISSUES)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(this.github.endpoint().resolve(path))
                .header("Authorization", "Bearer " + this.github.token());
    }
}
