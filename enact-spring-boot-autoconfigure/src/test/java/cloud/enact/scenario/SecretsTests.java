package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.doubles.http.HubSpotDouble;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What connectors were given in confidence is nowhere to be read, whatever goes wrong. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final List<String> ENDPOINTS = List.of(
            "/health", "/info", "/env", "/configprops", "/beans", "/metrics", "/policies", "/postgres", "/receipts");

    private static final String PASSWORD = "smtp-password-of-the-agent";

    private static final Map<String, Object> CONTACT = Map.of("email", "ann@enact.example", "first_name", "Ann");

    @TempDir
    Path folder;

    /** Everything that was told, by where. */
    private final Map<String, String> told = new TreeMap<>();

    private Systems systems;

    private final HubSpotDouble crm = new HubSpotDouble();

    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("agent@enact.example", PASSWORD));

    @Test
    void noSecretIsInLogsReceiptsUndoDataErrorsOrTheActuator(CapturedOutput output) throws Exception {
        this.systems = Systems.start(this.folder);
        this.mail.start();
        try (ConfigurableApplicationContext context = start()) {
            speak(LogLevel.TRACE);
            Enact enact = context.getBean(Enact.class);
            Shop.Agent agent = context.getBean(Shop.Agent.class);

            RunId run = enact.run("shop.raise_prices", Actor.of("a"), Map.of()).runId();
            tell("rollback", enact.rollback(run));
            tell("contact", enact.run("hubspot.create_contact", Actor.of("a"), CONTACT));
            tell("contact again", enact.run("hubspot.create_contact", Actor.of("a"), CONTACT));
            tell("mail", enact.run("email.send_email", Actor.of("a"), mail("prices-1")));
            assertThat(this.told.get("contact")).contains("Succeeded");
            assertThat(this.mail.getReceivedMessages()).hasSize(1);
            everythingGoesWrong(enact, agent);
            this.crm.close();
            this.mail.stop();
            tell("no contact", enact.run("hubspot.create_contact", Actor.of("a"), CONTACT));
            tell("no mail", enact.run("email.send_email", Actor.of("a"), mail("prices-2")));
            tell("configuration", context.getBeansOfType(cloud.enact.autoconfigure.EnactProperties.class));
            tell("connectors", context.getBeansOfType(cloud.enact.connector.Connector.class));
            askActuator(context, run);
        } finally {
            this.systems.close();
            this.crm.close();
            this.mail.stop();
            speak(null);
        }
        tell("log", output.getAll());
        for (Path file : data()) {
            tell(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }

        assertThat(this.told).containsKeys("log", "rollback", "GET /receipts");
        assertThat(output.getAll()).contains("shop.raise_prices");
        this.told.forEach((where, text) -> {
            for (String secret : secrets()) {
                int at = text.indexOf(secret);
                assertThat(at)
                        .as(
                                "%s: %s",
                                where,
                                (at < 0) ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 80)))
                        .isNegative();
            }
        });
    }

    /** Systems that refuse, break, and repeat what they should not. */
    private void everythingGoesWrong(Enact enact, Shop.Agent agent) {
        String token = this.systems.gitHub().token();
        this.systems.gitHub().faults().on("POST", ".*/issues").answer(422, "Token " + token + " may not");
        fail(
                "a token that is repeated",
                agent,
                hands -> hands.github().createIssue(Systems.REPOSITORY, "t", "b", List.of()));
        this.systems.gitHub().faults().on("POST", ".*/issues").dropRequest();
        fail(
                "a broken connection",
                agent,
                hands -> hands.github().createIssue(Systems.REPOSITORY, "t", "b", List.of()));
        this.systems.gitHub().faults().on("GET", ".*").answer(401, "Bad credentials");
        fail("a refused token", agent, hands -> hands.github().comment(Systems.REPOSITORY, 1, "x"));
        this.systems.gitHub().faults().clear();
        RunId run;
        try (OpenRun open = enact.openRun("shop")) {
            run = open.id();
            enact.run("shop.raise_prices", Actor.of("a"), Map.of());
        }
        this.systems.slack().revoke(Systems.SLACK_TOKEN);
        this.systems.gitHub().faults().on("PATCH", ".*").answer(500, "Oops: Authorization: Bearer " + token);
        tell("rollback without a token", enact.rollback(run));
        this.systems.gitHub().faults().clear();
        fail("a revoked token", agent, hands -> hands.slack().postMessage(Systems.CHANNEL, "x"));
        this.systems.slack().down(true);
        fail("nobody there", agent, hands -> hands.slack().postMessage(Systems.CHANNEL, "x"));
        fail("a wrong argument", agent, hands -> hands.slack().prepare("post_message", Map.of("token", "x")));
    }

    private static Map<String, Object> mail(String key) {
        return Map.of("to", "ann@enact.example", "subject", "Prices", "text", "They went up", "idempotency_key", key);
    }

    private void fail(String what, Shop.Agent agent, Shop.Work work) {
        Throwable thrown = catchThrowable(() -> agent.work(work));
        assertThat(thrown).as(what).isNotNull();
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        tell(what, trace);
    }

    private void askActuator(ConfigurableApplicationContext context, RunId run) {
        RestTestClient client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port")
                        + "/actuator")
                .build();
        List<String> paths = new ArrayList<>(ENDPOINTS);
        paths.add("/receipts/" + run);
        for (String path : paths) {
            String body = client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).as(path).isIn(200, 503))
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            tell("GET " + path, body);
        }
    }

    /** Has all that talk to the systems log as much as they can; whoever turns that on should not find secrets there. */
    private static void speak(@Nullable LogLevel level) {
        LoggingSystem logging = LoggingSystem.get(SecretsTests.class.getClassLoader());
        for (String logger : List.of(
                "cloud.enact",
                "org.kohsuke",
                "com.slack",
                "okhttp3",
                "org.springframework.mail",
                "jakarta.mail",
                "jdk.httpclient",
                "java.net")) {
            logging.setLogLevel(logger, level);
        }
    }

    private void tell(String where, Object what) {
        this.told.merge(where, String.valueOf(what), String::concat);
    }

    private Set<String> secrets() {
        return Set.of(
                Systems.SLACK_TOKEN, this.systems.gitHub().token(), Systems.SECRET, HubSpotDouble.TOKEN, PASSWORD);
    }

    /** What Enact itself writes. */
    private List<Path> data() throws IOException {
        try (Stream<Path> files = Files.walk(this.folder.resolve("data"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private ConfigurableApplicationContext start() {
        List<String> settings = new ArrayList<>(this.systems.settings());
        settings.addAll(List.of(
                "server.port=0",
                "enact.http.connectors.hubspot.pack=hubspot",
                "enact.http.connectors.hubspot.base-url=" + this.crm.url(),
                "enact.http.connectors.hubspot.allow-private=true",
                "enact.http.connectors.hubspot.allow-http=true",
                "enact.http.connectors.hubspot.operations=create_contact",
                "enact.http.connectors.hubspot.variables.HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN,
                "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + this.mail.getSmtp().getPort(),
                "spring.mail.username=agent@enact.example",
                "spring.mail.password=" + PASSWORD,
                "spring.mail.properties.mail.smtp.auth=true",
                "enact.email.connectors.email.from=agent@enact.example",
                "enact.email.connectors.email.operations=send_email",
                "enact.receipts.json-dir=" + this.folder.resolve("data/copies"),
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
                        + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
                        + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
                        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                        + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"));
        return new SpringApplicationBuilder(Application.class)
                .properties(settings.toArray(String[]::new))
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.Beans.class)
    static class Application {}
}
