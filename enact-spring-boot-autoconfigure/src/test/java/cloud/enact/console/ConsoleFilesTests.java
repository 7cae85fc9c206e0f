package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files that an agent changed, and what a person does about it. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ConsoleApplication.SECRET,
            ConsoleApplication.ENABLED,
            ConsoleApplication.WITHOUT_SECURITY,
            "enact.filesystem.operations=write_file",
            "enact.rollback.enabled=true"
        })
@DirtiesContext
class ConsoleFilesTests {

    private static final Actor AGENT = Actor.of("agent@example.org");

    @TempDir
    private static Path folder;

    private final Enact enact;

    private final ReceiptLog log;

    private final ReceiptStore store;

    private final ConsoleBrowser browser;

    ConsoleFilesTests(
            @Autowired Enact enact,
            @Autowired ReceiptLog log,
            @Autowired ReceiptStore store,
            @Autowired ConsoleApplication.Operator operator,
            @LocalServerPort int port) {
        this.enact = enact;
        this.log = log;
        this.store = store;
        this.browser = new ConsoleBrowser(port);
        this.browser.signIn(operator.credential());
    }

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) throws IOException {
        Path root = Files.createDirectories(folder.resolve("files"));
        registry.add("enact.filesystem.root", root::toString);
        registry.add("enact.receipts.file", () -> folder.resolve("enact.db").toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve("files").resolve(name), text);
    }

    private RunId write(String name, String text) {
        ActionResult result = this.enact.run("filesystem.write_file", AGENT, Map.of("path", name, "content", text));
        assertThat(result.passed()).isTrue();
        return result.runId();
    }

    @Test
    void theLinesThatChangedAreShownWithoutCredentials() throws IOException {
        file("notes.txt", "one\ntwo\nthree");
        String token = "ghp_" + "a1B2c3D4e5".repeat(4).substring(0, 36);
        RunId run = write("notes.txt", "one\n<2> " + token + "\nthree");

        String page = this.browser.get("/enact/runs/" + run).body();

        assertThat(page)
                .contains("<tr class=\"gone\"><td class=\"signcol\">-</td><td><pre>two</pre>")
                .contains("<tr class=\"new\"><td class=\"signcol\">+</td><td><pre>&lt;2&gt; ***")
                .doesNotContain(token);
    }

    @Test
    void laterWorkIsKeptUnlessSomebodyChoosesOtherwise() throws IOException {
        Path file = file("plan.txt", "the old plan");
        RunId run = write("plan.txt", "the agent's plan");
        file("plan.txt", "what a person wrote later");
        String path = "/enact/runs/" + run + "/rollback";

        ConsoleBrowser.Answer preview = this.browser.get(path);
        assertThat(preview.body()).contains("CONFLICT", "Restore over later changes", "id=\"roll-back\"");
        String csrf = preview.hidden("csrf");
        String step = preview.body().substring(preview.body().indexOf("name=\"step.") + 6);
        step = step.substring(0, step.indexOf('"'));

        assertThat(this.browser.post(path, Map.of("csrf", csrf, step, "")).status())
                .isEqualTo(409);
        assertThat(file).hasContent("what a person wrote later");
        assertThat(this.browser
                        .post(path, Map.of("csrf", csrf, step, "perhaps"))
                        .status())
                .isEqualTo(400);
        assertThat(this.browser
                        .post(path, Map.of("csrf", csrf, "step.9999", "force"))
                        .status())
                .isEqualTo(400);
        assertThat(this.browser.post(path, Map.of("csrf", csrf, step, "force")).body())
                .contains("ROLLED BACK");
        assertThat(file).hasContent("the old plan");
    }

    @Test
    void whatIsInDoubtIsSettledWithAReason() {
        IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());
        ActionRequest request = new ActionRequest(
                ids.next(),
                Run.of(new RunId(ids.next())),
                null,
                "crm.update",
                Map.of(),
                AGENT,
                null,
                Reversibility.IRREVERSIBLE,
                Clock.systemUTC().instant());
        Decision pass = Decision.of(List.of(), EnactMode.ENFORCE, "sha256:" + "ab".repeat(32));
        this.log.append(ReceiptDraft.decided(request, pass, EnactMode.ENFORCE));
        String run = "/enact/runs/" + request.run().id();

        assertThat(this.browser.get("/enact/integrity").body()).contains("1 without an outcome", run);
        ConsoleBrowser.Answer page = this.browser.get(run);
        assertThat(page.body()).contains("id=\"in-doubt\"", request.actionId().toString());
        Map<String, String> form =
                Map.of("csrf", page.hidden("csrf"), "action", request.actionId().toString(), "outcome", "completed");
        assertThat(this.browser.post(run + "/reconcile", form).status()).isEqualTo(400);
        Map<String, String> reasoned = new LinkedHashMap<>(form);
        reasoned.put("reason", "the customer is updated");

        assertThat(this.browser.post(run + "/reconcile", reasoned).status()).isEqualTo(303);
        assertThat(this.browser.get(run).body())
                .doesNotContain("id=\"in-doubt\"")
                .contains("reconciled");
        assertThat(this.store
                        .newest(ReceiptFilter.ofKind(ReceiptKind.RECONCILED))
                        .orElseThrow()
                        .actor())
                .isEqualTo("console-operator");
    }
}
