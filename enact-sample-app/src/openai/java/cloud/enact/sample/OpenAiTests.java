package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The same tools under the real OpenAI client, against a double: {@code ./mvnw -Popenai -pl enact-sample-app -am verify}. */
@ExtendWith(OutputCaptureExtension.class)
class OpenAiTests {

    @TempDir
    Path data;

    @Test
    void aRealModelIsRefusedAndReadsWhy(CapturedOutput output) throws IOException {
        try (OpenAiDouble openAi = new OpenAiDouble(
                        OpenAiDouble.calls("git_push", "{\"branch\":\"main\"}"),
                        OpenAiDouble.says("I may not do that."));
                ConfigurableApplicationContext context = start(openAi, "--demo.prompt=Push it.")) {
            ShopRepository repository = context.getBean(Workspace.class).repository();
            String before = repository.originHead("main");

            Demo.Ending ending = context.getBean(Demo.class).run();

            assertThat(ending.line()).isEqualTo("Demo finished: 1 prompt");
            assertThat(ending.status()).isZero();
            assertThat(repository.originHead("main")).isEqualTo(before);
            assertThat(openAi.requests()).hasSize(2);
            JsonNode answer = lastMessage(openAi.requests().get(1));
            assertThat(answer.get("role").asString()).isEqualTo("tool");
            assertThat(answer.toString()).contains("BLOCK", "git.dont-push-to-main", "run_id");
            assertThat(output.getOut()).contains("agent says    I may not do that.", "1 entry verified", "BLOCK");
        }
    }

    @Test
    void theModelIsOfferedTheToolsAndGetsNoSecret() throws IOException {
        try (OpenAiDouble openAi = new OpenAiDouble(OpenAiDouble.says("Hello."));
                ConfigurableApplicationContext context = start(openAi, "--demo.prompt=Hello?")) {
            context.getBean(Demo.class).run();

            JsonNode request = openAi.requests().get(0);
            assertThat(request.get("tools").findValuesAsString("name"))
                    .contains("git_commit", "git_push", "write_file", "delete_folder");
            assertThat(request.toString())
                    .doesNotContain(context.getEnvironment().getProperty("enact.signing.secret"))
                    .doesNotContain("enact.");
            assertThat(openAi.credentials()).containsExactly("Bearer key-of-the-test");
        }
    }

    @Test
    void withoutAPromptItSaysWhatIsMissing() throws IOException {
        try (OpenAiDouble openAi = new OpenAiDouble();
                ConfigurableApplicationContext context = start(openAi)) {
            Demo.Ending ending = context.getBean(Demo.class).run();

            assertThat(ending.status()).isEqualTo(1);
            assertThat(ending.line()).contains("--demo.prompt");
            assertThat(openAi.requests()).isEmpty();
        }
    }

    private ConfigurableApplicationContext start(OpenAiDouble openAi, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--spring.profiles.active=openai";
        arguments[1] = "--OPENAI_API_KEY=key-of-the-test";
        arguments[2] = "--spring.ai.openai.base-url=" + openAi.baseUrl();
        arguments[3] = "--demo.exit=true";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return SampleStart.in(this.data, arguments);
    }

    private static JsonNode lastMessage(JsonNode request) {
        JsonNode messages = request.get("messages");
        return messages.get(messages.size() - 1);
    }
}
