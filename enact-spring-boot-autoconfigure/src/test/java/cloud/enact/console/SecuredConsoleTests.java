package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The console behind Spring Security, which has its own idea of tokens in forms. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ConsoleApplication.MEMORY,
            ConsoleApplication.SECRET,
            ConsoleApplication.UNDO,
            ConsoleApplication.ENABLED,
            "enact.rollback.enabled=true",
            "enact.console.roles=ops",
            "enact.approval.enabled=true",
            "enact.actor.id=agent@example.org",
            "enact.policies[0].name=people-publish",
            "enact.policies[0].on=notes.*",
            "enact.policies[0].ask=args.title == \"news\"",
            "enact.policies[0].reason=News are for people.",
            "enact.policies[0].groups=editors"
        })
@Import(SecuredConsoleTests.Chain.class)
class SecuredConsoleTests {

    private final ConsoleApplication.Notes notes;

    private final ReceiptStore store;

    private final ConsoleBrowser browser;

    SecuredConsoleTests(
            @Autowired ConsoleApplication.Notes notes, @Autowired ReceiptStore store, @LocalServerPort int port) {
        this.notes = notes;
        this.store = store;
        this.browser = new ConsoleBrowser(port);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("maria@example.org")
                            .password("{noop}m")
                            .roles("ops", "editors")
                            .build(),
                    User.withUsername("lena@example.org")
                            .password("{noop}l")
                            .roles("ops")
                            .build(),
                    User.withUsername("paul@example.org")
                            .password("{noop}p")
                            .roles("sales")
                            .build());
        }
    }

    private ConsoleBrowser as(String name, String password) {
        return this.browser.with(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void somebodyWithoutTheRoleSeesNothing() {
        this.notes.write("plan", "a secret plan");
        ConsoleBrowser paul = as("paul@example.org", "p");

        for (String path : List.of("/enact/receipts", "/enact/integrity", "/enact/policies", "/enact/events")) {
            ConsoleBrowser.Answer answer = paul.get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body())
                    .contains("for people with one of the roles")
                    .doesNotContain("plan");
        }
        assertThat(paul.get("/enact/login").status()).isEqualTo(404);
    }

    @Test
    void somebodyWithTheRoleRollsBackUnderTheirName() {
        this.notes.restore("plan", null);
        this.notes.write("plan", "the agent's plan");
        Receipt receipt = this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 1)
                .receipts()
                .get(0);
        String path = "/enact/runs/" + receipt.runId() + "/rollback";
        ConsoleBrowser maria = as("maria@example.org", "m");

        ConsoleBrowser.Answer preview = maria.get(path);
        assertThat(preview.body())
                .contains("maria@example.org", "id=\"roll-back\"")
                .doesNotContain("Sign out");
        ConsoleBrowser.Answer done = maria.post(
                path, Map.of("csrf", preview.hidden("csrf"), "_csrf", preview.hidden("_csrf"), "reason", "a bad plan"));

        assertThat(done.status()).isEqualTo(200);
        assertThat(this.notes.read("plan")).isNull();
        Receipt rollback = this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.ROLLED_BACK), null, 1)
                .receipts()
                .get(0);
        assertThat(rollback.fields())
                .containsEntry(
                        "actor", Map.of("id", "maria@example.org", "roles", List.of("ops"), "source", "console"));
    }

    @Test
    void somebodysRolesAreTheirGroups() {
        UUID ticket = ask();
        String path = "/enact/approvals/" + ticket;

        assertThat(answer(as("lena@example.org", "l"), path).status()).isEqualTo(409);
        assertThat(answer(as("maria@example.org", "m"), path).status()).isEqualTo(303);

        this.notes.write("news", "what editors agreed to");
        assertThat(this.notes.read("news")).isEqualTo("what editors agreed to");
    }

    private UUID ask() {
        try {
            this.notes.write("news", "what editors agreed to");
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    private static ConsoleBrowser.Answer answer(ConsoleBrowser person, String path) {
        ConsoleBrowser.Answer page = person.get("/enact/approvals");
        return person.post(
                path, Map.of("csrf", page.hidden("csrf"), "_csrf", page.hidden("_csrf"), "answer", "approve"));
    }

    @Test
    void aTokenOfSomebodyElseChangesNothing() {
        this.notes.write("plan", "a plan");
        Receipt receipt = this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 1)
                .receipts()
                .get(0);
        ConsoleBrowser maria = as("maria@example.org", "m");
        ConsoleBrowser.Answer preview = maria.get("/enact/runs/" + receipt.runId() + "/rollback");

        ConsoleBrowser.Answer refused = maria.post(
                "/enact/runs/" + receipt.runId() + "/rollback",
                Map.of("csrf", "x" + preview.hidden("csrf"), "_csrf", preview.hidden("_csrf")));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(this.notes.read("plan")).isEqualTo("a plan");
    }
}
