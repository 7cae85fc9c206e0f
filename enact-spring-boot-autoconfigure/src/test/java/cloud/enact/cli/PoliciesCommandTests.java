package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PoliciesCommandTests extends CliFixture {

    private Path policies = Path.of("");

    @BeforeEach
    void writePolicies() throws IOException {
        this.policies = Files.writeString(this.folder.resolve("shop.yaml"), """
                policies:
                  - name: no-big-refunds
                    on: billing.refund
                    ask: args.amount > 500
                    reason: Refunds above 500 need a person.
                  - policy: git.dont-push-to-main
                """);
    }

    @Test
    void testsRunAndAreCounted() throws IOException {
        Files.writeString(this.folder.resolve("shop_test.yaml"), """
                tests:
                  - { name: small, action: billing.refund, args: { amount: 1 }, expect: PASS }
                  - { name: big, action: billing.refund, args: { amount: 501 }, expect: BLOCK }
                """);

        for (Path place : new Path[] {this.folder, this.policies, this.folder.resolve("shop_test.yaml")}) {
            Result result = plain("policies", "test", place.toString());

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out().lines())
                    .containsExactly(
                            "ok      shop_test.yaml: small",
                            "FAILED  shop_test.yaml: big: the decision must be BLOCK, but is ASK. What the policies say:",
                            "FAILED    ASK no-big-refunds: Refunds above 500 need a person.",
                            "2 tests, 1 failed");
        }
    }

    @Test
    void whatCannotBeTestedIsSaid() {
        Result result = plain("policies", "test", this.policies.toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("there are no tests of it. Write them in shop_test.yaml.");
        assertThat(plain("policies", "test").status()).isEqualTo(2);
        assertThat(plain("policies").err()).contains("A command is missing");
    }

    @Test
    void recordedCallsAreReplayed() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.does(files -> files.writeFile("b.txt", "b"));
        }
        Path proposed = Files.writeString(this.folder.resolve("proposed.yaml"), """
                policies:
                  - name: nobody-works
                    block: action.name == 'files.work' && actor.id == 'agent@example.org'
                    reason: No work today.
                """);

        Result text = enact("policies", "replay", proposed, "--since", "1d");
        Result json = enact("policies", "replay", proposed, "--limit", "1", "--json");
        Result unchanged = enact("policies", "replay", this.policies);

        assertThat(text.status()).isEqualTo(1);
        assertThat(text.out())
                .contains("2 calls since ")
                .contains("recorded  2 PASS, 0 ASK, 0 BLOCK", "proposed  0 PASS, 0 ASK, 2 BLOCK")
                .contains("new       0 PASS, 0 ASK, 2 BLOCK", "2 stopped by nobody-works")
                .contains("PASS -> BLOCK  files.work  agent@example.org", "BLOCK  nobody-works: No work today.");
        assertThat(json.json().get("calls").asInt()).isEqualTo(1);
        assertThat(json.json().get("complete").asBoolean()).isFalse();
        assertThat(unchanged.status()).isZero();
    }

    @Test
    void whatCannotBeReplayedIsSaid() throws Exception {
        workshop().close();

        assertThat(enact("policies", "replay").status()).isEqualTo(2);
        assertThat(enact("policies", "replay", this.policies, "--since", "soon").err())
                .contains("--since is a time");
        assertThat(enact("policies", "replay", this.policies, "--limit", "0").err())
                .contains("--limit is a number");
        assertThat(enact("policies", "replay", this.folder.resolve("none.yaml")).status())
                .isEqualTo(2);
        assertThat(plain("--store", "nowhere.db", "policies", "replay", this.policies.toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    void lintFindsNothingWrongWithGoodPolicies() {
        Result result = plain("policies", "lint", this.policies.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEqualToIgnoringNewLines("1 file, 0 findings");
    }

    @Test
    void lintNamesFileLineAndTheNearestName() throws IOException {
        Files.writeString(this.policies, "policies:\n  - policy: git.dont-push-to-man\n");

        Result result = plain("policies", "lint", this.folder.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("ERROR  " + this.policies + ":2  there is no policy 'git.dont-push-to-man'."
                        + " Did you mean 'git.dont-push-to-main'? [invalid-policy]");
    }

    @Test
    void lintKnowsActionsAndProfilesWhenItIsTold() throws IOException {
        Files.writeString(this.policies, """
                policies:
                  - { policy: time.code-freeze-active, on: crm.*, mode: observe }
                """);

        Result result = plain(
                "policies", "lint", this.policies.toString(), "--action", "billing.refund", "--profile", "prod-eu");

        assertThat(result.out())
                .contains("[never-asked]")
                .contains("[uncovered-action]")
                .contains("[observed-in-production]");
    }

    @Test
    void lintKnowsTheArgumentsOfActionsWhenItIsTold() throws IOException {
        Files.writeString(
                this.policies, "policies: [{policy: filesystem.block-extensions, with: {extensions: [pem]}}]");

        assertThat(plain("policies", "lint", this.policies.toString(), "--action", "notes.keep(path, text)")
                        .status())
                .isZero();
        assertThat(plain("policies", "lint", this.policies.toString(), "--action", "notes.keep")
                        .out())
                .contains("[uncovered-action]");
    }

    @Test
    void lintKnowsFilesInTheFormatOfCerbos() throws IOException {
        Files.writeString(this.policies, """
                apiVersion: api.cerbos.dev/v1
                resourcePolicy:
                  resource: billing
                  version: default
                  rules:
                    - {actions: [refund], roles: [clerk], effect: EFFECT_DENY}
                """);

        assertThat(plain("policies", "lint", this.policies.toString()).out())
                .contains("WARNING  " + this.policies + ":6  The rule denies for some roles only")
                .contains("[cerbos-deny-for-some-roles]");
    }

    @Test
    void lintPrintsSarif() throws IOException {
        Files.writeString(this.policies, "policies:\n  - polcy: x\n");

        JsonNode run = plain("policies", "lint", "--format", "sarif", this.policies.toString())
                .json()
                .path("runs")
                .path(0);

        assertThat(run.at("/tool/driver/name").asString()).isEqualTo("enact");
        assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(2);
        assertThat(run.at("/results/0/level").asString()).isEqualTo("error");
    }

    @Test
    void explainShowsEveryVerdictAndTheFacts() {
        Result result = plain(
                "policies",
                "explain",
                this.policies.toString(),
                "--action",
                "billing.refund",
                "--args",
                "{\"amount\": 501, \"query\": \"DELETE FROM users\"}",
                "--actor",
                "{\"id\": \"ann\", \"roles\": [\"support\"]}",
                "--now",
                "2026-01-31T22:30:00Z");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("decision: ASK")
                .contains("  ASK  no-big-refunds: Refunds above 500 need a person.")
                .contains("nothing to say: git.dont-push-to-main")
                .contains("policy set: sha256:")
                .contains("facts:")
                .contains("\"sql\"");
    }

    @Test
    void badInputIsToldInOneSentence() {
        String file = this.policies.toString();

        assertThat(explained(file, "--args", "[1]")).contains("--args must be a JSON object");
        assertThat(explained(file, "--args", "{\"a\": 1, \"a\": 2}")).contains("--args are not one valid JSON object");
        assertThat(explained(file, "--actor", "{\"role\": \"x\"}")).contains("attributes, id, roles");
        assertThat(explained(file, "--actor", "{\"roles\": \"x\"}")).contains("--actor must look like");
        assertThat(explained(file, "--now", "today")).contains("--now is no time");
        assertThat(explained(this.folder.resolve("none.yaml").toString())).contains("there is no such file");
        assertThat(plain("policies", "explain", file).err()).contains("--action");
        assertThat(plain("policies", "lint", "--format", "xml", file).err()).contains("--format");
    }

    private String explained(String file, String... options) {
        String[] args = new String[options.length + 5];
        System.arraycopy(new String[] {"policies", "explain", file, "--action", "a.b"}, 0, args, 0, 5);
        System.arraycopy(options, 0, args, 5, options.length);
        Result result = plain(args);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        return result.err();
    }
}
