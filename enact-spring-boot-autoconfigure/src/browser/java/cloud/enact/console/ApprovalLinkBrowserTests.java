package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.SampleApprovals;
import cloud.enact.approval.SmallApprovals;
import cloud.enact.approval.TestSeal;
import cloud.enact.approval.web.ApprovalLinkController;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page behind links, in Chromium, in an application that has rules for pages of others. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ApprovalLinkBrowserTests {

    @Test
    void theButtonAnswersAndSaysWhereItStands(
            @Autowired ApprovalStore store,
            @Autowired ApprovalLinks links,
            @Autowired Application application,
            @LocalServerPort int port) {
        ApprovalRequest request = store.open(new SampleApprovals(Instant.now()).request("call"));
        String base = "http://localhost:" + port;
        URI address = URI.create(base
                + ApprovalLinkController.PATH
                + links.token(
                        new ApprovalLinks.Link(request.id(), true, "ann@enact.example", "email"),
                        request.terms().expiresAt()));
        try (Browser browser = Browser.open()) {
            browser.go(address);
            String line = "x".repeat(998);
            browser.find("#reason").sendKeys(line, Keys.ENTER, "y");
            browser.click("button");
            browser.await("Your answer is on record");

            ApprovalRequest answered = store.find(request.id()).orElseThrow();
            assertThat(answered.state()).isEqualTo(ApprovalState.APPROVED);
            assertThat(answered.answers().get(0).reason()).isEqualTo(line + "\ny");
            assertThat(application.origins).containsExactly(base);
        }
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    static class Application implements WebMvcConfigurer {

        private final List<String> origins = new CopyOnWriteArrayList<>();

        @Override
        public void addCorsMappings(CorsRegistry registry) {
            registry.addMapping("/**").allowedOrigins("https://shop.example.org");
        }

        @Bean
        Filter origins() {
            return (request, response, chain) -> {
                HttpServletRequest http = (HttpServletRequest) request;
                if (http.getMethod().equals("POST")) {
                    this.origins.add(String.valueOf(http.getHeader("Origin")));
                }
                chain.doFilter(request, response);
            };
        }

        @Bean
        ApprovalStore store() {
            return ApprovalStore.inMemory();
        }

        @Bean
        ApprovalLinks links() {
            return new ApprovalLinks(new TestSeal(), Clock.systemUTC());
        }

        @Bean
        ApprovalLinkController page(ApprovalLinks links, ApprovalStore store) {
            return new ApprovalLinkController(
                    links,
                    new SmallApprovals(store, Clock.systemUTC()),
                    new ApprovalGroups(Map.of("finance", Set.of("ann@enact.example"))));
        }
    }
}
