package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.gate.ApprovalRequiredException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The request and the security of {@code docs/approvals.md}, in an application that asks everybody to log in. */
class ApprovalsOverHttpPageTests {

    private static final String PAGE = "approvals.md";

    private static final Pattern REQUEST = Pattern.compile(
            "-u (\\w+):.*-H '([^:]+): ([^']+)' -d '([^']+)'.*http://localhost:8080(/\\S+/)\\S+", Pattern.DOTALL);

    private static final String IMPORTS = """
            import org.springframework.context.annotation.*;
            import org.springframework.core.annotation.Order;
            import org.springframework.security.config.annotation.web.builders.HttpSecurity;
            import org.springframework.security.web.SecurityFilterChain;
            @Configuration(proxyBeanMethods = false)
            public class Links {
            """;

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext application() throws Exception {
        String chain = Snippets.saying(PAGE, "java", "SecurityFilterChain");
        Files.writeString(this.folder.resolve("Links.java"), IMPORTS + chain + "}");
        return new SpringApplicationBuilder(Shop.class, PageCode.compile(this.folder, "Links"))
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.security.user.name=ann",
                        "spring.security.user.password=p",
                        "spring.security.user.roles=approver",
                        "enact.api.enabled=true",
                        "enact.approval.enabled=true",
                        "enact.approval.roles=approver",
                        "enact.approval.links.enabled=true",
                        "enact.approval.links.base-url=http://localhost",
                        "enact.actor.id=agent@example.org",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=${java.io.tmpdir}/enact-approvals-page-tests",
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.policies[0].name=no-refunds",
                        "enact.policies[0].on=billing.refund",
                        "enact.policies[0].ask=true",
                        "enact.policies[0].reason=Refunds need a person")
                .run();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theRequestOfThePageAnswersAndLinksNeedNoAccount() throws Exception {
        Matcher shown = REQUEST.matcher(Snippets.of(PAGE, "shell").get(0));
        assertThat(shown.find()).isTrue();
        try (ConfigurableApplicationContext application = application()) {
            UUID ticket = ask(application.getBean(Billing.class));
            String address = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + shown.group(5) + ticket))
                    .header(shown.group(2), shown.group(3))
                    .POST(HttpRequest.BodyPublishers.ofString(shown.group(4)));

            assertThat(send(request).statusCode()).isEqualTo(401);
            assertThat(send(request.copy()
                                    .header("Authorization", basic(shown.group(1)))
                                    .header("Origin", "https://evil.example"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(request.header("Authorization", basic(shown.group(1))))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(application
                            .getBean(ApprovalService.class)
                            .find(ticket)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ApprovalState.APPROVED);
            // no such link; who asks for it has no account and is told so all the same
            assertThat(send(HttpRequest.newBuilder(URI.create(address + "/enact/approvals/links/made-up")))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":p").getBytes(StandardCharsets.UTF_8));
    }

    private static UUID ask(Billing billing) {
        try {
            billing.refund(900);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
            })
    static class Shop {

        @Bean
        Billing billing() {
            return new Billing();
        }

        @Bean
        SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/enact/api/**"))
                    .build();
        }
    }

    static class Billing {

        @EnactAction("billing.refund")
        public void refund(int amount) {}
    }
}
