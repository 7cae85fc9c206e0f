package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Patience;
import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.WordIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class ReceiptSearchTests {

    @TempDir
    private Path directory;

    private String[] properties(String... others) {
        return Stream.concat(
                        Stream.of(
                                "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                                "enact.receipts.file=" + this.directory.resolve("enact.db"),
                                "enact.undo.directory=" + this.directory.resolve("undo"),
                                "management.endpoints.web.exposure.include=receipts"),
                        Stream.of(others))
                .toArray(String[]::new);
    }

    private ApplicationContextRunner application(String... others) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Letters.class)
                .withPropertyValues(properties(others));
    }

    @Test
    void receiptsAreFoundByTheWordsOfTheirArgumentsAWhileLater() {
        new WebApplicationContextRunner()
                .withUserConfiguration(Letters.class)
                .withPropertyValues(properties("enact.receipts.search.enabled=true"))
                .run(context -> {
                    send(context, "Dear Ada, welcome to Turin", "token ghp_0123456789abcdefghijABCDEFGHIJ012345");
                    MockMvcTester http = MockMvcTester.from(context);
                    awaitIndexed(context);

                    assertThat(http.get().uri("/actuator/receipts?text=turin+ADA"))
                            .hasStatusOk()
                            .bodyJson()
                            .hasPathSatisfying(
                                    "$.receipts.length()",
                                    count -> count.assertThat().isEqualTo(1))
                            .hasPathSatisfying(
                                    "$.indexed.behind",
                                    behind -> behind.assertThat().isEqualTo(0));
                    // what is masked in the receipt is not found by what it was
                    assertThat(found(http, "ghp_0123456789abcdefghijABCDEFGHIJ012345"))
                            .isZero();
                    assertThat(found(http, "oslo")).isZero();
                    assertThat(http.get().uri("/actuator/receipts?text={text}", "x".repeat(10_000)))
                            .hasStatus(400);
                    assertThat(http.get().uri("/actuator/receipts?text={text}", "\"' NEAR(("))
                            .hasStatusOk();
                    assertThat(http.get().uri("/actuator/receipts?text={text}", "\"'"))
                            .hasStatus(400);
                });
    }

    private static int found(MockMvcTester http, String text) throws Exception {
        String body = http.get()
                .uri("/actuator/receipts?text={text}", text)
                .exchange()
                .getResponse()
                .getContentAsString();
        return body.split("\"kind\"").length - 1;
    }

    private static void send(ApplicationContext context, String text, String note) {
        assertThat(context.getBean(Enact.class)
                        .run("letters.send", Actor.of("a"), Map.of("text", text, "note", note))
                        .passed())
                .isTrue();
    }

    private static void awaitIndexed(ApplicationContext context) {
        ReceiptSearch search = context.getBean(ReceiptSearch.class);
        Patience.awaiting("an index that has caught up")
                .until(() -> search.progress().behind() == 0);
    }

    @Test
    void withoutTheSwitchThereIsNoIndexAndAQuerySaysWhatToSet() {
        new WebApplicationContextRunner()
                .withUserConfiguration(Letters.class)
                .withPropertyValues(properties())
                .run(context -> {
                    assertThat(context).doesNotHaveBean(WordIndex.class).doesNotHaveBean(ReceiptSearch.class);
                    assertThat(MockMvcTester.from(context).get().uri("/actuator/receipts?text=ada"))
                            .hasStatus(400)
                            .bodyText()
                            .contains("enact.receipts.search.enabled");
                    assertThat(Files.exists(this.directory.resolve("enact-search.db")))
                            .isFalse();
                });
    }

    @Test
    void wordsOfWhatIsEncryptedAreNotIndexed() {
        application(
                        "enact.receipts.search.enabled=true",
                        "enact.receipts.encryption.enabled=true",
                        "enact.receipts.encryption.key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "enact.receipts.encryption.data-keys-file=" + this.directory.resolve("keys.db"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EnactStartupException.class)
                        .hasMessageContaining("enact.receipts.encryption"));
    }

    @Test
    void aStoreWithoutAnIndexSaysSo() {
        application("enact.receipts.search.enabled=true", "enact.receipts.store=memory")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EnactStartupException.class)
                        .hasMessageContaining("memory store"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Letters {

        @Bean
        Sender sender() {
            return new Sender();
        }
    }

    static class Sender {

        @EnactAction("letters.send")
        public List<String> send(String text, String note) {
            return List.of(text, note);
        }
    }
}
