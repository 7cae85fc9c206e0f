package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.Patience;
import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalDispatch;
import cloud.enact.approval.ApprovalLinkAddress;
import cloud.enact.approval.ApprovalNotes;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.Approver;
import cloud.enact.approval.sqlite.SqliteApprovalStore;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A person who is asked by e-mail and answers with a link, as everybody involved sees it. */
@ExtendWith(OutputCaptureExtension.class)
class ApprovalByMailTests {

    private static final Pattern LINK = Pattern.compile("(Approve|Deny): https://agents\\.enact\\.example(/\\S+)");

    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private int mailPort;

    @BeforeEach
    void start() {
        this.mail.start();
        this.mailPort = this.mail.getSmtp().getPort();
    }

    @AfterEach
    void stop() {
        this.mail.stop();
    }

    private ConfigurableApplicationContext run(String... further) {
        return run(List.of(ApprovalDesksApplication.class), further);
    }

    private ConfigurableApplicationContext run(List<Class<?>> classes, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                "--enact.receipts.file=" + this.folder.resolve("receipts.db"),
                "--enact.actor.id=bot@enact.example",
                "--enact.policies[0].name=no-big-refunds",
                "--enact.policies[0].on=billing.refund",
                "--enact.policies[0].ask=args.amount > 500",
                "--enact.policies[0].reason=Refunds above 500 need a person",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + this.mailPort,
                "--enact.approval.enabled=true",
                "--enact.approval.links.enabled=true",
                "--enact.approval.links.base-url=https://agents.enact.example",
                "--enact.approval.email.to[0]=ann@enact.example",
                "--enact.approval.email.from=agents@enact.example"));
        for (String argument : further) {
            // the same one twice would be a list
            arguments.removeIf(known -> known.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
            if (!argument.endsWith("=")) {
                arguments.add(argument);
            }
        }
        return new SpringApplicationBuilder(classes.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new));
    }

    private static ApprovalRequiredException refused(ConfigurableApplicationContext application, int amount) {
        ApprovalDesksApplication.Refunds refunds = application.getBean(ApprovalDesksApplication.Refunds.class);
        try {
            refunds.refund(amount);
        } catch (ApprovalRequiredException ex) {
            return ex;
        }
        throw new AssertionError("The refund went through");
    }

    private Map<String, String> links() throws Exception {
        assertThat(this.mail.waitForIncomingEmail(20_000, 1)).isTrue();
        String text = String.valueOf(this.mail.getReceivedMessages()[0].getContent());
        Map<String, String> links = new LinkedHashMap<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            links.put(matcher.group(1), matcher.group(2));
        }
        return links;
    }

    private HttpResponse<String> post(ConfigurableApplicationContext application, String path, String form)
            throws IOException, InterruptedException {
        return post(application, path, "application/x-www-form-urlencoded", form);
    }

    private HttpResponse<String> post(ConfigurableApplicationContext application, String path, String type, String form)
            throws IOException, InterruptedException {
        URI address =
                URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
        return this.client.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<Receipt> receipts(ConfigurableApplicationContext application, ReceiptKind kind) {
        return application
                .getBean(ReceiptStore.class)
                .query(ReceiptFilter.ofKind(kind), null, 10)
                .receipts();
    }

    @Test
    void theLinkOfTheMailApprovesAfterARestartAndTheCallGoesThroughOnce() throws Exception {
        UUID ticket;
        try (ConfigurableApplicationContext first = run()) {
            assertThat(first.getBean(ApprovalStore.class)).isInstanceOf(SqliteApprovalStore.class);
            ticket = refused(first, 900).getTicket();
            assertThat(refused(first, 900).getTicket()).isEqualTo(ticket);
            assertThat(links()).containsOnlyKeys("Approve", "Deny");
        }
        try (ConfigurableApplicationContext second = run()) {
            HttpResponse<String> answered = post(second, links().get("Approve"), "answer=approve&reason=fine");

            assertThat(answered.statusCode()).isEqualTo(200);
            ApprovalDesksApplication.Refunds refunds = second.getBean(ApprovalDesksApplication.Refunds.class);
            refunds.refund(900);
            assertThat(refunds.paid()).isEqualTo(900);
            assertThat(post(second, links().get("Approve"), "answer=approve").statusCode())
                    .isEqualTo(409);
            assertThat(refused(second, 900).getTicket()).isNotEqualTo(ticket);
            assertThat(refunds.paid()).isEqualTo(900);
            assertThat(receipts(second, ReceiptKind.APPROVAL_ANSWERED))
                    .extracting(Receipt::actor)
                    .as("answered, and used up")
                    .containsExactlyInAnyOrder("ann@enact.example", "enact");
        }
        assertThat(this.mail.getReceivedMessages()).hasSizeBetween(1, 2);
    }

    @Test
    void codeNamesWhoIsAskedAndGoesOnOnceThatPersonApproves() throws Exception {
        try (ConfigurableApplicationContext application = run("--enact.approval.email.to[0]=")) {
            ExecutorService threads = Executors.newSingleThreadExecutor();
            try {
                Future<ActionResult> result = threads.submit(() -> application
                        .getBean(Enact.class)
                        .runWithApproval(
                                "billing.refund",
                                Actor.of("bot@enact.example"),
                                Map.of("amount", 40),
                                Set.of("dora@enact.example"),
                                Duration.ofMinutes(1)));

                assertThat(post(application, links().get("Approve"), "answer=approve")
                                .statusCode())
                        .isEqualTo(200);

                assertThat(result.get(30, TimeUnit.SECONDS).passed()).isTrue();
                assertThat(application
                                .getBean(ApprovalDesksApplication.Refunds.class)
                                .paid())
                        .isEqualTo(40);
                assertThat(this.mail.getReceivedMessages()[0].getAllRecipients()[0])
                        .hasToString("dora@enact.example");
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void theOtherLinkDenies() throws Exception {
        try (ConfigurableApplicationContext application = run()) {
            UUID ticket = refused(application, 900).getTicket();

            assertThat(post(application, links().get("Deny"), "answer=approve").statusCode())
                    .isEqualTo(403);
            assertThat(post(application, links().get("Deny"), "answer=deny").statusCode())
                    .isEqualTo(200);

            assertThat(application
                            .getBean(ApprovalService.class)
                            .find(ticket)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ApprovalState.DENIED);
        }
    }

    @Test
    void noLinkIsInTheLogOrAReceipt(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = run()) {
            refused(application, 900);
            links();

            assertThat(output).doesNotContain("/enact/approvals/links/AQ");
            assertThat(receipts(application, ReceiptKind.APPROVAL_REQUESTED))
                    .singleElement()
                    .satisfies(
                            receipt -> assertThat(receipt.fields().toString()).doesNotContain("/links/"));
        }
    }

    @Test
    void whereTheMailServerIsDownTheOthersAreToldAndTheReceiptSaysSo() throws Exception {
        this.mail.stop();
        CountDownLatch told = new CountDownLatch(1);
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            told.countDown();
        });
        hook.start();
        try (ConfigurableApplicationContext application = run(
                List.of(ApprovalDesksApplication.class, Impatient.class),
                "--enact.approval.webhook.url=http://localhost:"
                        + hook.getAddress().getPort() + "/",
                "--enact.approval.webhook.allow-http=true")) {
            UUID ticket = refused(application, 900).getTicket();

            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            ApprovalRequest noted = awaitNote(application, ticket);
            assertThat(noted.state()).isEqualTo(ApprovalState.PENDING);
            assertThat(noted.notes())
                    .containsExactly("Channel email could not tell ann@enact.example (MailSendException).");
            application
                    .getBean(ApprovalService.class)
                    .answer(ticket, new Approver("bob@enact.example", Set.of(), "console"), true, null);
            assertThat(receipts(application, ReceiptKind.APPROVAL_ANSWERED))
                    .singleElement()
                    .satisfies(receipt -> assertThat(
                                    receipt.fields().get("approval").toString())
                            .contains("Channel email could not tell ann@enact.example"));
        } finally {
            hook.stop(0);
        }
    }

    private static ApprovalRequest awaitNote(ConfigurableApplicationContext application, UUID ticket) {
        ApprovalService approvals = application.getBean(ApprovalService.class);
        return Patience.awaiting("a note")
                .until(
                        () -> approvals.find(ticket).orElseThrow(),
                        request -> !request.notes().isEmpty());
    }

    /** Tries again at once. */
    static class Impatient {

        @Bean
        ApprovalDispatch dispatch(
                ObjectProvider<ApprovalChannel> channels, ApprovalLinkAddress links, ApprovalNotes notes) {
            return new ApprovalDispatch(channels.orderedStream().toList(), links, notes, List.of(Duration.ZERO));
        }
    }

    @Test
    void beingOnThisMachineIsNotEnoughToAnswer() throws Exception {
        try (ConfigurableApplicationContext application = run(
                "--enact.api.enabled=true",
                "--enact.approval.roles=APPROVER",
                "--management.endpoint.enactapprovals.access=unrestricted",
                "--management.endpoints.web.exposure.include=enactapprovals")) {
            UUID ticket = refused(application, 900).getTicket();

            for (String door : List.of("/enact/api/approvals/", "/actuator/enactapprovals/")) {
                HttpResponse<String> refused =
                        post(application, door + ticket, "application/json", "{\"approved\":true}");

                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains("Being on this machine is not enough.");
            }
            assertThat(application
                            .getBean(ApprovalService.class)
                            .find(ticket)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ApprovalState.PENDING);
        }
    }

    @Test
    void aDryRunPrintsTheLinks(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = run("--ENACT_EMAIL_DRY_RUN=1")) {
            refused(application, 900);
        }

        assertThat(output)
                .contains("written to the log and not sent", "To: ann@enact.example")
                .containsPattern(LINK);
        assertThat(this.mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void linksWithoutAnAddressAreRefusedAtTheStart() {
        assertStartFails("enact.approval.links.base-url is missing", "--enact.approval.links.base-url=");
        assertStartFails("must begin with https", "--enact.approval.links.base-url=https://agents.enact.example?a=b");
    }

    @Test
    void mailThatCantBeSentIsRefusedAtTheStart() {
        assertStartFails("an address is a plain one", "--enact.approval.email.from=Agents <agents@enact.example>");
        assertStartFails("an address is a plain one", "--enact.approval.email.to[0]=ann");
        assertStartFails("nobody can tell which mail sender", "--enact.approval.email.sender=nobody");
    }

    @Test
    void aWebhookOrASlackThatCantBeUsedIsRefusedAtTheStart() {
        assertStartFails(
                "the address must begin with https", "--enact.approval.webhook.url=http://hooks.enact.example");
        assertStartFails("has no token", "--enact.approval.slack.to=C0APPROVALS");
    }

    @Test
    void aSecretThatIsOnlyTheNameOfAMissingVariableIsRefusedAtTheStart() {
        String url = "--enact.approval.webhook.url=https://hooks.enact.example";
        String missing = "has no value for ${NO_SUCH_VARIABLE_ANYWHERE}";

        assertStartFails(missing, url, "--enact.approval.webhook.secret=${NO_SUCH_VARIABLE_ANYWHERE}");
        assertStartFails(missing, url, "--enact.approval.webhook.headers.Authorization=${NO_SUCH_VARIABLE_ANYWHERE}");
        assertStartFails(
                missing,
                "--enact.approval.slack.to=C0APPROVALS",
                "--enact.approval.slack.token=${NO_SUCH_VARIABLE_ANYWHERE}");
    }

    private void assertStartFails(String message, String... arguments) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> run(arguments))
                .satisfies(ex -> assertThat(causes(ex)).contains(message));
    }

    private static String causes(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            messages.append(each.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
