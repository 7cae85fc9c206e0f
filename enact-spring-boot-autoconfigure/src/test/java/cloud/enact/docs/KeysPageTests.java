package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.TestKeys;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** {@code docs/keys.md} works as it stands, in an empty folder. */
class KeysPageTests {

    private static final String PAGE = "keys.md";

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void theKeyOfThePageIsChangedAndTheCommandsShowIt() throws Exception {
        List<String> shell = Snippets.of(PAGE, "shell");
        List<String> yaml = Snippets.of(PAGE, "yaml");

        for (int year = 0; year < 2; year++) {
            sh(shell.get(year));
            Files.writeString(this.folder.resolve("application.yml"), yaml.get(year));
            run(List.of(
                    java(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "cloud.enact.docs.KeysAgent"));
        }

        String shown = sh(shell.get(2));
        assertThat(withoutIds(shown))
                .isEqualTo(withoutIds(Snippets.of(PAGE, "text").get(0)));
        assertThat(shown.lines().map(line -> line.split(" ")[0]).distinct()).hasSize(1);
        String environment = shell.get(2).lines().findFirst().orElseThrow();
        assertThat(sh(environment + "\n" + shell.get(3))).contains("8 entries verified");
    }

    private static String withoutIds(String text) {
        return text.replaceAll("(?m)^[0-9a-f-]{36} ", "LOG ");
    }

    @Test
    void theBeanOfThePageSignsByAService() throws Exception {
        Files.writeString(
                this.folder.resolve("KmsKeys.java"), Snippets.of(PAGE, "java").get(0));
        Class<?> configuration = PageCode.compile(this.folder, "KmsKeys");
        Class<?> service = Arrays.stream(configuration.getClasses()).findFirst().orElseThrow();
        ReceiptSigner key = ReceiptSigner.ed25519(TestKeys.PRIVATE);
        Object kms = Proxy.newProxyInstance(
                service.getClassLoader(),
                new Class<?>[] {service},
                (proxy, method, args) -> key.sign((byte[]) args[0]));

        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "page",
                            Map.of(
                                    "kms.public-key",
                                    TestKeys.PUBLIC,
                                    "kms.derivation-secret",
                                    "a secret of more than 32 characters, for tests")));
            context.getBeanFactory().registerSingleton("kms", kms);
            context.register(configuration);
            context.refresh();

            ReceiptSigner signer = context.getBean(ReceiptSigner.class);
            byte[] bytes = "what is signed".getBytes(StandardCharsets.UTF_8);
            assertThat(signer.kid()).isEqualTo("kms-2026");
            assertThat(signer.verificationKey().verify(bytes, signer.sign(bytes)))
                    .isTrue();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs commands as a shell does; {@code enact} is the command line of the classes under test. */
    private String sh(String commands) throws Exception {
        String enact = "enact() { '" + java() + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path") + "' cloud.enact.cli.EnactCli \"$@\"; }\n";
        return run(List.of("bash", "-ec", enact + commands));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(this.folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
