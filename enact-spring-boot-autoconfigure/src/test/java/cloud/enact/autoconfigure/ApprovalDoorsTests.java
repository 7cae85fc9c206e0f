package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.gate.ApprovalRequiredException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests for approval over HTTP and through the actuator, behind Spring Security. */
@SpringBootTest(
        classes = ApprovalDoorsTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-approval-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.actor.id=bot@enact.example",
            "enact.api.enabled=true",
            "enact.approval.enabled=true",
            "enact.approval.roles=APPROVER",
            "enact.approval.groups.finance=dora@enact.example",
            "enact.policies[0].name=big-refunds",
            "enact.policies[0].on=billing.refund",
            "enact.policies[0].ask=args.amount > 500",
            "enact.policies[0].reason=Refunds above 500 need a person",
            "enact.policies[1].name=huge-refunds",
            "enact.policies[1].on=billing.refund",
            "enact.policies[1].ask=args.amount > 5000000",
            "enact.policies[1].reason=Huge refunds need somebody of finance",
            "enact.policies[1].groups=finance",
            "management.endpoint.enactapprovals.access=unrestricted",
            "management.endpoints.web.exposure.include=enactapprovals"
        })
class ApprovalDoorsTests {

    private static final String API = "/enact/api/approvals";

    private static final String ACTUATOR = "/actuator/enactapprovals";

    private final HttpClient client = HttpClient.newHttpClient();

    private final JsonMapper json = JsonMapper.shared();

    private final Refunds refunds;

    private final ApprovalService approvals;

    private final String address;

    ApprovalDoorsTests(@Autowired Refunds refunds, @Autowired ApprovalService approvals, @LocalServerPort int port) {
        this.refunds = refunds;
        this.approvals = approvals;
        this.address = "http://localhost:" + port;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
            })
    static class Application {

        @Bean
        Refunds refunds() {
            return new Refunds();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann@enact.example")
                            .password("{noop}p")
                            .roles("APPROVER")
                            .build(),
                    User.withUsername("carl@enact.example")
                            .password("{noop}p")
                            .roles("APPROVER", "finance")
                            .build(),
                    User.withUsername("dora@enact.example")
                            .password("{noop}p")
                            .roles("APPROVER")
                            .build(),
                    User.withUsername("bot@enact.example")
                            .password("{noop}p")
                            .roles("APPROVER")
                            .build(),
                    User.withUsername("eve@enact.example")
                            .password("{noop}p")
                            .roles("USER")
                            .build());
        }
    }

    /** Pays money back. */
    static class Refunds {

        private final AtomicInteger paid = new AtomicInteger();

        private final AtomicInteger last = new AtomicInteger(1000);

        @EnactAction("billing.refund")
        public void refund(int amount) {
            this.paid.addAndGet(amount);
        }

        int paid() {
            return this.paid.get();
        }

        /** An amount nobody has asked for yet. */
        int another() {
            return this.last.incrementAndGet();
        }
    }

    private UUID asked(int amount) {
        try {
            this.refunds.refund(amount);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("The refund went through");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path, @Nullable String user)
            throws Exception {
        request.uri(URI.create(this.address + path));
        if (user != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + "@enact.example:p").getBytes(StandardCharsets.UTF_8)));
        }
        return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path, null);
    }

    private HttpResponse<String> post(String path, @Nullable String user, String body) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                path,
                user);
    }

    private ApprovalRequest now(UUID ticket) {
        return this.approvals.find(ticket).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {API, ACTUATOR})
    void whoeverHasTheRoleReadsAndApprovesAndTheCallGoesThroughOnce(String door) throws Exception {
        int amount = this.refunds.another();
        UUID ticket = asked(amount);

        JsonNode list = this.json.readTree(get(door + "?limit=200").body()).get("approvals");
        JsonNode one = this.json.readTree(get(door + "/" + ticket).body());
        HttpResponse<String> answered = post(door + "/" + ticket, "ann", "{\"approved\":true,\"reason\":\"checked\"}");

        assertThat(list.findValuesAsString("ticket")).contains(ticket.toString());
        assertThat(one.get("action").asString()).isEqualTo("billing.refund");
        assertThat(one.get("state").asString()).isEqualTo("PENDING");
        assertThat(one.get("payload").get("amount").asInt()).isEqualTo(amount);
        assertThat(one.get("policy_results").get(0).get("reason").asString())
                .isEqualTo("Refunds above 500 need a person");
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(this.json.readTree(answered.body()).get("state").asString()).isEqualTo("APPROVED");
        assertThat(now(ticket).answers()).singleElement().satisfies(answer -> {
            assertThat(answer.approver()).isEqualTo("ann@enact.example");
            assertThat(answer.channel()).isEqualTo(door.equals(API) ? "api" : "actuator");
            assertThat(answer.reason()).isEqualTo("checked");
        });
        int paid = this.refunds.paid();
        this.refunds.refund(amount);
        assertThat(this.refunds.paid()).isEqualTo(paid + amount);
        assertThat(post(door + "/" + ticket, "ann", "{\"approved\":true}").statusCode())
                .isEqualTo(409);
        assertThat(asked(amount)).isNotEqualTo(ticket);
    }

    @ParameterizedTest
    @ValueSource(strings = {API, ACTUATOR})
    void whoeverHasTheRoleDenies(String door) throws Exception {
        UUID ticket = asked(this.refunds.another());

        assertThat(post(door + "/" + ticket, "ann", "{\"approved\":false}").statusCode())
                .isEqualTo(200);

        assertThat(now(ticket).state()).isEqualTo(ApprovalState.DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        API + ",,signed in",
        ACTUATOR + ",,signed in",
        API + ",eve,certain roles",
        ACTUATOR + ",eve,certain roles",
        API + ",bot,Whoever asks",
        ACTUATOR + ",bot,Whoever asks"
    })
    void nobodyElseAnswers(String door, @Nullable String user, String why) throws Exception {
        UUID ticket = asked(this.refunds.another());

        HttpResponse<String> refused = post(door + "/" + ticket, user, "{\"approved\":true}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains(why);
        assertThat(now(ticket).state()).isEqualTo(ApprovalState.PENDING);
    }

    @ParameterizedTest
    @CsvSource({API + ",ann,403", API + ",carl,200", API + ",dora,200", ACTUATOR + ",ann,403", ACTUATOR + ",carl,200"})
    void groupsOfAPolicyAreRolesOrConfiguredNames(String door, String user, int status) throws Exception {
        UUID ticket = asked(5_000_000 + this.refunds.another());

        assertThat(post(door + "/" + ticket, user, "{\"approved\":true}").statusCode())
                .isEqualTo(status);
    }

    @Test
    void whatIsNotMeantIsRefused() throws Exception {
        UUID ticket = asked(this.refunds.another());

        for (String body :
                new String[] {"", "{}", "{\"approved\":\"true\"}", "{\"approved\":true,\"approver\":\"x\"}", "[]"}) {
            assertThat(post(API + "/" + ticket, "ann", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(post(API + "/" + ticket, "ann", "{\"approved\":true,\"reason\":\"" + "x".repeat(1001) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(
                                HttpRequest.newBuilder()
                                        .header("Content-Type", "text/plain")
                                        .POST(HttpRequest.BodyPublishers.ofString("{\"approved\":true}")),
                                API + "/" + ticket,
                                "ann")
                        .statusCode())
                .isEqualTo(415);
        assertThat(now(ticket).state()).isEqualTo(ApprovalState.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {API, ACTUATOR})
    void ticketsAndPagesThatAreNoneAreToldSo(String door) throws Exception {
        assertThat(get(door + "/nonsense").statusCode()).isEqualTo(400);
        assertThat(get(door + "/01890a5d-ac96-774b-bcce-b302099a8057").statusCode())
                .isEqualTo(404);
        assertThat(post(door + "/01890a5d-ac96-774b-bcce-b302099a8057", "ann", "{\"approved\":true}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get(door + "?limit=0").statusCode()).isEqualTo(400);
        assertThat(get(door + "?limit=201").statusCode()).isEqualTo(400);
        assertThat(get(door + "?after=nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void aForeignPageAnswersNothingInTheNameOfItsVisitor() throws Exception {
        UUID ticket = asked(this.refunds.another());

        HttpResponse<String> refused = send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .header("Origin", "https://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"approved\":true}")),
                API + "/" + ticket,
                "ann");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(now(ticket).state()).isEqualTo(ApprovalState.PENDING);
    }
}
