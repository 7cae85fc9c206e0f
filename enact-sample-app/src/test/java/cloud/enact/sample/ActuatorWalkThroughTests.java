package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Does what a person does who follows the lines that the demo prints. */
@ExtendWith(OutputCaptureExtension.class)
class ActuatorWalkThroughTests {

    private static final Pattern GET = Pattern.compile("  curl -s (http://127\\.0\\.0\\.1:\\d+/\\S+)");

    private static final Pattern POST = Pattern.compile(
            "  curl -s -X POST -H 'Content-Type: (application/json)' -d '(\\{[^']+})' (http://127\\.0\\.0\\.1:\\d+/\\S+)");

    private static final Pattern QUESTION = Pattern.compile(
            "  curl -s -H 'Content-Type: (application/json)' -d '(\\{[^']+})' (http://127\\.0\\.0\\.1:\\d+/\\S+)");

    @TempDir
    Path data;

    private final Curl curl = new Curl();

    @Test
    void thePrintedLinesListShowAndRollBack(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data)) {
            assertThat(context.getBean(Demo.class).run().stays()).isTrue();
            List<String> gets = GET.matcher(output.getOut())
                    .results()
                    .map(result -> result.group(1))
                    .toList();
            Matcher post = POST.matcher(output.getOut());
            assertThat(gets).hasSize(2);
            assertThat(post.find()).isTrue();
            ShopOnGitHub github = context.getBean(ShopOnGitHub.class);
            String branch = github.branch("opening-hours");
            assertThat(github.state().branches()).containsKey(branch);

            JsonNode list = this.curl.json(gets.get(0));
            JsonNode run = this.curl.json(gets.get(1));
            JsonNode report = this.curl.json(post.group(3), post.group(2));
            JsonNode again = this.curl.json(post.group(3), post.group(2));
            JsonNode after = this.curl.json(gets.get(1));

            assertThat(list.get("receipts")).isNotEmpty();
            assertThat(run.get("workflow").asString()).isEqualTo("publish for review");
            assertThat(run.get("user_email").asString()).isEqualTo("agent@shop.example");
            assertThat(run.get("decision").asString()).isEqualTo("PASS");
            assertThat(run.get("verification").get("valid").asBoolean()).isTrue();
            assertThat(run.get("rollback").get("state").asString()).isEqualTo("NONE");
            assertThat(report.get("result").asString()).isEqualTo("ROLLED_BACK");
            assertThat(report.get("repeated").asBoolean()).isFalse();
            assertThat(github.state().branches()).doesNotContainKey(branch);
            assertThat(github.state().pullRequests()).isZero();
            assertThat(again.get("repeated").asBoolean()).isTrue();
            assertThat(after.get("rollback").get("state").asString()).isEqualTo("ROLLED_BACK");
        }
    }

    @Test
    void theLinePrintedLastIsRefusedAndNamesTheRow(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data)) {
            context.getBean(Demo.class).run();
            List<MatchResult> posts = POST.matcher(output.getOut()).results().toList();
            assertThat(posts).hasSize(2);

            HttpResponse<String> refusal =
                    this.curl.post(posts.get(1).group(3), posts.get(1).group(2));

            assertThat(refusal.statusCode()).isEqualTo(409);
            assertThat(refusal.body()).contains("REFUSED", "public.customers{id=12}");
        }
    }

    @Test
    void theBlockedPushIsFoundByItsDecision() throws Exception {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data)) {
            context.getBean(Demo.class).run();

            JsonNode list = this.curl.json(receipts(context) + "?decision=BLOCK&action=git.push");

            assertThat(list.get("receipts")).hasSize(1);
            JsonNode receipt = list.get("receipts").get(0);
            assertThat(receipt.get("kind").asString()).isEqualTo("DECIDED");
            assertThat(receipt.get("policy_results").toString()).contains("git.dont-push-to-main");
        }
    }

    @Test
    void questionsAreAnsweredWithoutWatchingTheActs(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context = SampleStart.in(this.data, "--enact.api.enabled=true")) {
            assertThat(context.getBean(Demo.class).run().stays()).isTrue();
            Matcher question = QUESTION.matcher(output.getOut());
            assertThat(question.find()).isTrue();

            JsonNode answer = this.curl.json(question.group(3), question.group(2));

            assertThat(output.getOut()).doesNotContain("Act 1");
            assertThat(answer.get("decision").asString()).isEqualTo("BLOCK");
            assertThat(answer.get("policy_results").toString()).contains("leave-git-alone");
        }
    }

    private static String receipts(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/receipts";
    }
}
