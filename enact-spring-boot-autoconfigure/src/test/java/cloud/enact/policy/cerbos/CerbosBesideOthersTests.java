package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cerbos.CerbosSettings.NoMatch;
import cloud.enact.policy.cerbos.CerbosSettings.RoleCombining;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The published example policies with policies beside them that know what a command does. */
class CerbosBesideOthersTests {

    /** Who may use which tool is for the rules to say; nothing about these calls is harmful by itself. */
    private static final Set<String> ABOUT_TOOLS =
            Set.of("marketing-007", "marketing-008", "marketing-009", "marketing-010", "marketing-011");

    private final PolicySetFactory factory = new PolicySetFactory(
            new BuiltinPolicies(name -> null, "/home/dev").types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO);

    private final PolicySet structural = this.factory.create(structuralPolicies());

    @AfterEach
    void close() {
        this.factory.close();
    }

    @Test
    void theFilesStopWhatTheyNameAndTheOthersWhatTheyLeak() {
        Map<String, PolicySet> sets = new HashMap<>();
        Set<String> through = new TreeSet<>();

        for (CerbosExample row : CerbosExample.all()) {
            boolean harmful = "miss".equals(row.gap()) || row.isDeniedByRule();
            Decision decision =
                    sets.computeIfAbsent(row.policy(), this::withFiles).decide(row.call());
            if (harmful && decision.effect().compareTo(Effect.ASK) < 0) {
                through.add(row.id());
            }
        }

        assertThat(through).isSubsetOf(ABOUT_TOOLS);
    }

    @Test
    void theOthersPassWhatTheFilesStopForNoReason() {
        for (CerbosExample row : CerbosExample.all()) {
            if ("false-hit".equals(row.gap())) {
                ActionRequest call = row.call();

                assertThat(this.structural.decide(call).effect()).as(row.id()).isEqualTo(Effect.PASS);
            }
        }
    }

    private PolicySet withFiles(String name) {
        CerbosSettings settings =
                new CerbosSettings(true, NoMatch.ABSTAIN, RoleCombining.DENY_OVERRIDES, "default", "", false, Map.of());
        List<FilePolicy> files = new CerbosPolicyFiles(settings)
                .read(List.of(new PolicyFile(
                        name + ".yaml",
                        CerbosCases.text(CerbosExample.folder(name).resolve("pretooluse.yaml")))));
        return this.factory.create(structuralPolicies(), files);
    }

    private static List<PolicySpec> structuralPolicies() {
        return List.of(
                spec("coding-agent.block-home-dir-destructive", Map.of()),
                spec("coding-agent.block-git-reset-hard", Map.of()),
                spec("coding-agent.block-curl-pipe-shell", Map.of()),
                spec("coding-agent.block-read-env-file", Map.of()),
                spec("coding-agent.block-ssh-key-read", Map.of()),
                spec("coding-agent.block-aws-creds-read", Map.of()),
                spec("cloud.dont-delete-without-human-ok", Map.of()),
                spec("access.dont-read-sensitive-paths", Map.of("paths", List.of("/etc"))),
                spec("filesystem.block-extensions", Map.of("extensions", List.of(".npmrc"))),
                // /etcetera is where some of them work
                spec("filesystem.restrict-paths", Map.of("allowed", List.of("/home/dev", "/etcetera"))));
    }

    private static PolicySpec spec(String name, Map<String, Object> with) {
        return new PolicySpec(name, null, with, null, null, null, null, null, "test");
    }
}
