package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.SampleApprovals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The page behind links in an application where everything else asks for a log-in, and with the console. */
@SpringBootTest(
        classes = SecuredApprovalLinkTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-approval-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.console.enabled=true",
            "enact.console.roles=OPERATOR",
            "enact.approval.enabled=true",
            "enact.approval.groups.finance=ann@enact.example",
            "enact.approval.links.enabled=true",
            "enact.approval.links.base-url=https://agents.enact.example"
        })
class SecuredApprovalLinkTests {

    private final ApprovalStore store;

    private final ApprovalLinks links;

    private final String address;

    SecuredApprovalLinkTests(
            @Autowired ApprovalStore store, @Autowired ApprovalLinks links, @LocalServerPort int port) {
        this.store = store;
        this.links = links;
        this.address = "http://localhost:" + port + "/enact/approvals";
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
        @Order(1)
        SecurityFilterChain approvalLinks(HttpSecurity http) throws Exception {
            return http.securityMatcher("/enact/approvals/links/*")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .headers(headers -> headers.disable())
                    .build();
        }

        @Bean
        SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.uri(URI.create(this.address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aLinkWorksWithoutALogInAndNothingElseDoes() throws Exception {
        ApprovalRequest request = this.store.open(new SampleApprovals(Instant.now()).request("call"));
        String link = "/links/"
                + this.links.token(
                        new ApprovalLinks.Link(request.id(), true, "ann@enact.example", "email"),
                        request.terms().expiresAt());

        assertThat(send(HttpRequest.newBuilder().GET(), "").statusCode()).isEqualTo(401);
        HttpResponse<String> shown = send(HttpRequest.newBuilder().GET(), link);
        HttpResponse<String> answered = send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("answer=approve")),
                link);

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(shown.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(this.store.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.APPROVED);
    }
}
