package cloud.enact.bench;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.receipt.ReceiptStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with one action and ten built-in policies, nearly all of which have something to look at. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ToolCallingAutoConfiguration.class,
    EnactAutoConfiguration.class,
    EnactPolicyAutoConfiguration.class,
    EnactReceiptAutoConfiguration.class,
    EnactRollbackAutoConfiguration.class
})
class GovernedApplication {

    private static final List<String> POLICIES = List.of(
            "git.dont-push-to-main",
            "git.require-branch-prefix prefix=release/",
            "db.protect-tables tables=users,audit_log",
            "db.protect-tables tables=billing.invoices",
            "filesystem.dont-delete-file",
            "filesystem.block-extensions extensions=.env,.pem,.key",
            "access.require-actor-role roles=release-manager,admin",
            "access.require-actor-role roles=release-manager",
            "time.within-maintenance-window start=00:00 end=23:59:59.999999999",
            "time.code-freeze-active");

    /** Asks the disk at every call whether a link leads out: no work for memory and processor alone. */
    static final String ON_DISK = "filesystem.restrict-paths allowed=/srv/shop";

    /**
     * Starts it.
     *
     * @param store where receipts go, or {@code null} for the memory store
     * @param further policies besides the ten
     */
    static ConfigurableApplicationContext start(@Nullable ReceiptStore store, String... further) {
        return new SpringApplicationBuilder(GovernedApplication.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties(further))
                .initializers(context -> {
                    if (store != null) {
                        context.getBeanFactory().registerSingleton("benchReceiptStore", store);
                    }
                })
                .run();
    }

    /** How it is configured. */
    static Map<String, Object> properties(String... further) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("enact.signing.secret", "a-secret-for-benchmarks-that-is-long-enough");
        properties.put("enact.receipts.store", "memory");
        properties.put("enact.receipts.capacity", 1_000_000);
        properties.put("enact.undo.directory", System.getProperty("java.io.tmpdir") + "/enact-bench-undo");
        properties.put("logging.level.root", "error");
        List<String> policies =
                Stream.concat(POLICIES.stream(), Stream.of(further)).toList();
        for (int i = 0; i < policies.size(); i++) {
            String[] words = policies.get(i).split(" ");
            String entry = "enact.policies[" + i + "].";
            properties.put(entry + "policy", words[0]);
            for (int w = 1; w < words.length; w++) {
                String[] parameter = words[w].split("=");
                properties.put(entry + "with." + parameter[0], parameter[1]);
            }
        }
        return properties;
    }

    @Bean
    GovernedReleases releases() {
        return new GovernedReleases();
    }
}
