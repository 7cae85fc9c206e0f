package cloud.enact.bench.policy;

import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cel.CelExpressionCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The whole catalogue, filled up with expressions: none of them stops what is measured. */
final class HundredPolicies {

    private static final int POLICIES = 100;

    private static final Map<String, Map<String, String>> PARAMETERS = Map.ofEntries(
            Map.entry("db.protect-tables", Map.of("tables", "audit_log")),
            Map.entry("db.max-rows", Map.of("max", "1000")),
            Map.entry("filesystem.block-extensions", Map.of("extensions", ".pem")),
            Map.entry("slack.require-channel-allowlist", Map.of("channels", "#agents")),
            Map.entry("access.contractor-cannot-write-pii", Map.of("role", "contractor", "fields", "ssn")),
            Map.entry("access.dont-read-sensitive-tables", Map.of("tables", "salaries")),
            Map.entry("access.dont-read-sensitive-paths", Map.of("paths", "/secret")),
            Map.entry("access.require-clearance-for-path", Map.of("paths", "/secret", "min", "3")),
            Map.entry("prompt.block-prompt-injection-fields", Map.of("fields", "body")));

    /** They would follow paths on disk, or have something against every call there is. */
    private static final List<String> LEFT_OUT = List.of(
            "filesystem.restrict-paths",
            "filesystem.dont-access-home-dir",
            "access.require-actor-role",
            "access.require-user-role",
            "time.within-maintenance-window",
            "url.webfetch-domain-allowlist");

    private HundredPolicies() {}

    static PolicySet create() {
        List<PolicyType> catalogue = new BuiltinPolicies(name -> null, "/home/maria").types();
        PolicySetFactory factory = factory(catalogue);
        List<PolicySpec> specs = new ArrayList<>();
        catalogue.stream()
                .map(PolicyType::name)
                .filter(Predicate.not(LEFT_OUT::contains))
                .map(HundredPolicies::named)
                .filter(spec -> canBeMade(factory, spec))
                .limit(POLICIES)
                .forEach(specs::add);
        System.out.println("# " + specs.size() + " policies of the catalogue, filled up with expressions");
        while (specs.size() < POLICIES) {
            String expression = "has(args.amount) && args.amount > " + (10_000 + specs.size());
            specs.add(new PolicySpec(
                    null, "limit-" + specs.size(), Map.of(), null, null, expression, null, "Too much.", "bench"));
        }
        return factory.create(specs);
    }

    static PolicySet create(String expression) {
        return factory(List.of())
                .create(List.of(new PolicySpec(null, "one", Map.of(), null, null, expression, null, "No.", "bench")));
    }

    private static PolicySetFactory factory(List<PolicyType> catalogue) {
        return new PolicySetFactory(
                catalogue,
                List.of(),
                new CelExpressionCompiler(),
                EnactMode.ENFORCE,
                Duration.ofSeconds(1),
                ActionHistory.none());
    }

    private static PolicySpec named(String policy) {
        return new PolicySpec(
                policy, null, PARAMETERS.getOrDefault(policy, Map.of()), null, null, null, null, null, "bench");
    }

    private static boolean canBeMade(PolicySetFactory factory, PolicySpec spec) {
        try {
            factory.create(List.of(spec));
            return true;
        } catch (PolicyConfigurationException ex) {
            System.out.println("# left out: " + ex.getMessage());
            return false;
        }
    }
}
