package cloud.enact.approval.web;

import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.SmallApprovals;
import cloud.enact.approval.TestSeal;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A web server with nothing but the page behind links. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
class LinkApplication {

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
                new ApprovalGroups(Map.of("finance", Set.of("Ann@enact.example", "bot@enact.example"))));
    }
}
