package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.SubjectResolver;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.SubjectErasure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/encryption.md} says, with its own configuration. */
class EncryptionPageTests {

    private static final String PAGE = "encryption.md";

    private static final String FIRST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String SECOND = "HxwdHh8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRo=";

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(int snippet, String key) throws IOException {
        return new ApplicationContextRunner()
                .withUserConfiguration(Shop.class)
                .withInitializer(Snippets.configuring(Snippets.of(PAGE, "yaml").get(snippet)))
                .withPropertyValues(
                        "ENACT_SECRET=a secret of more than 32 characters, for tests",
                        "enact.signing.secret=${ENACT_SECRET}",
                        "ENACT_ENCRYPTION_KEY=" + key,
                        "ENACT_FORMER_ENCRYPTION_KEY=" + FIRST,
                        "enact.receipts.file=" + this.folder.resolve("enact.db"));
    }

    @Test
    void theExampleEncryptsErasesAndChangesItsKey() throws IOException {
        RunId[] runs = new RunId[2];
        application(0, FIRST).run(context -> {
            Enact enact = context.getBean(Enact.class);
            runs[0] = order(enact, "maria@example.org");
            runs[1] = order(enact, "otto@example.org");

            assertThat(view(context.getBean(ReceiptVerifier.class), runs[0])).contains("a red bicycle", "decrypted");
            context.getBean(SubjectErasure.class).erase("maria@example.org", Actor.of("officer"), "request 17");
            assertThat(view(context.getBean(ReceiptVerifier.class), runs[0]))
                    .contains("erased")
                    .doesNotContain("bicycle");
            assertThat(context.getBean(ReceiptVerifier.class).verifyAll().valid())
                    .isTrue();
        });
        assertThat(disk()).contains("shop.order").doesNotContain("bicycle");

        application(1, SECOND)
                .run(context ->
                        assertThat(context.getBean(KeyRing.class).rewrap()).isPositive());
        application(0, SECOND)
                .run(context -> assertThat(view(context.getBean(ReceiptVerifier.class), runs[1]))
                        .contains("a red bicycle"));
    }

    private static RunId order(Enact enact, String customer) {
        return enact.run("shop.order", Actor.of("clerk"), Map.of("customer", customer, "what", "a red bicycle"))
                .runId();
    }

    private static String view(ReceiptVerifier verifier, RunId run) {
        return verifier.view(run).map(RunView::toJson).orElseThrow();
    }

    private String disk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(this.folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void thePageShowsTheResolverThatIsTested() throws IOException {
        String shown = Snippets.of(PAGE, "java").get(0);

        assertThat(shown)
                .contains(
                        "return (action, actor, args) -> (args.get(\"customer\") instanceof String customer) ? customer"
                                + " : null;");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        SubjectResolver customers() {
            return (action, actor, args) -> (args.get("customer") instanceof String customer) ? customer : null;
        }

        @Bean
        Orders orders() {
            return new Orders();
        }
    }

    static class Orders {

        @EnactAction("shop.order")
        public String order(String customer, String what) {
            return what;
        }
    }
}
