package cloud.enact.hook.claudecode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.test.context.SpringBootTest;

/** A guard with the pack for coding agents, which ana's installation asks. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            HookApplication.ANAS_ROLE,
            "enact.policies[0].pack=coding-agent",
            "enact.receipts.store=memory",
            "enact.undo.directory=target/hook-commands/undo",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
        })
@interface CodingAgentHooks {

    /** Lines of test data, without comments. */
    final class Data {

        private Data() {}

        static List<String> lines(String file) throws IOException {
            try (InputStream content = Data.class.getResourceAsStream("/cloud/enact/policy/codingagent/" + file)) {
                if (content == null) {
                    throw new IOException("There is no " + file);
                }
                return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(line -> line.replace("\\n", "\n"))
                        .toList();
            }
        }
    }
}
