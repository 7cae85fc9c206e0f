package cloud.enact.policy.check;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.policy.KnownAction;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicyFinding.Severity;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.SourceLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what policy files say and their author hardly meant; also whatever keeps them from being used at all. */
public final class PolicyLinter {

    private final PolicyToolbox toolbox;

    public PolicyLinter(PolicyToolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** Looks at files, which together are the policies of an application. */
    public List<PolicyFinding> lint(List<PolicyFile> files, LintContext context) {
        List<PolicyFinding> findings = new ArrayList<>();
        List<PolicySpec> specs = new ArrayList<>();
        for (PolicyFile file : files) {
            specs.addAll(read(file, findings));
        }
        for (PolicySpec spec : specs) {
            requireUsable(spec, findings);
        }
        if (findings.isEmpty()) {
            check(files, context, findings);
        }
        findings.addAll(new SpecLints(specs, this.toolbox.expressions()).find(context));
        return List.copyOf(findings);
    }

    /** Names of actions about which no policy has anything to say. */
    public static List<String> uncovered(PolicySet policies, List<KnownAction> actions) {
        return actions.stream()
                .filter(action -> !policies.covers(probe(action)))
                .map(KnownAction::name)
                .distinct()
                .sorted()
                .toList();
    }

    private List<PolicySpec> read(PolicyFile file, List<PolicyFinding> findings) {
        if (this.toolbox.files().isForeign(file)) {
            return List.of();
        }
        try {
            return this.toolbox.files().read(List.of(file)).specs();
        } catch (PolicyFileException ex) {
            findings.add(error(ex, ex.getFile(), ex.getLine()));
        } catch (PolicyConfigurationException ex) {
            findings.add(error(ex, file.name(), line(ex.getDescription(), file.name())));
        }
        return List.of();
    }

    private void requireUsable(PolicySpec spec, List<PolicyFinding> findings) {
        try {
            this.toolbox.policies(spec);
        } catch (PolicyConfigurationException ex) {
            SourceLines source = spec.source();
            String file = (source != null) ? source.file() : spec.origin();
            findings.add(error(ex, file, line(ex.getDescription(), file)));
        }
    }

    /** What can only be seen of all files together. */
    private void check(List<PolicyFile> files, LintContext context, List<PolicyFinding> findings) {
        try {
            PolicySet policies = this.toolbox.policies(files);
            for (String action : uncovered(policies, context.actions())) {
                findings.add(new PolicyFinding(
                        "uncovered-action",
                        Severity.WARNING,
                        "No policy has anything to say about the action '" + action + "', so every call of it passes."
                                + " Add a policy, or make sure that it is harmless.",
                        files.get(0).name(),
                        0));
            }
            findings.addAll(this.toolbox.files().lint(files));
        } catch (PolicyFileException ex) {
            findings.add(error(ex, ex.getFile(), ex.getLine()));
        } catch (PolicyConfigurationException ex) {
            String name = files.stream()
                    .map(PolicyFile::name)
                    .filter(file -> ex.getDescription().startsWith(file))
                    .findFirst()
                    .orElse(files.get(0).name());
            findings.add(error(ex, name, line(ex.getDescription(), name)));
        }
    }

    private static PolicyFinding error(PolicyConfigurationException refusal, String file, int line) {
        String place = file + ((line > 0) ? ", line " + line : "") + ": ";
        String description = refusal.getDescription();
        String what = description.startsWith(place) ? description.substring(place.length()) : description;
        return new PolicyFinding("invalid-policy", Severity.ERROR, what + ". " + refusal.getAction(), file, line);
    }

    /** The line that a message begins with: {@code shop.yaml, line 3: …}. */
    private static int line(String description, String file) {
        String start = file + ", line ";
        if (!description.startsWith(start)) {
            return 0;
        }
        int line = 0;
        for (int i = start.length(); i < description.length() && Character.isDigit(description.charAt(i)); i++) {
            line = line * 10 + (description.charAt(i) - '0');
        }
        return line;
    }

    /** A call with a value for every argument: enough for a policy to see whether it applies. */
    private static ActionRequest probe(KnownAction action) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        action.arguments().forEach(name -> args.put(name, "x"));
        return new PolicyCall(action.name(), args, Actor.anonymous(), Instant.EPOCH, null, List.of()).request();
    }
}
