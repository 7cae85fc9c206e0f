package cloud.enact.policy;

import cloud.enact.action.ActionPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns specifications into policies that can be run, or says what is wrong with them. */
final class PolicyResolver {

    private static final int LONGEST_NAME = 200;

    private final Map<String, PolicyType> catalogue;

    private final Map<String, ActionPolicy> beans;

    private final @Nullable ExpressionCompiler expressions;

    private final TimeLimit timeLimit;

    PolicyResolver(
            Map<String, PolicyType> catalogue,
            Map<String, ActionPolicy> beans,
            @Nullable ExpressionCompiler expressions,
            TimeLimit timeLimit) {
        this.catalogue = catalogue;
        this.beans = beans;
        this.expressions = expressions;
        this.timeLimit = timeLimit;
    }

    /** Resolves configured policies, in order. */
    List<BoundPolicy> resolve(List<PolicySpec> specs) {
        return resolve(specs, null);
    }

    /** Resolves the policies of one method: they are meant for its action and no other. */
    List<BoundPolicy> resolveFor(String action, List<PolicySpec> specs) {
        return resolve(specs, action);
    }

    /** A bean that nothing restricts. */
    BoundPolicy everywhere(String name, ActionPolicy bean) {
        String canonical = new CanonicalText("bean").add(className(bean)).toString();
        return new BoundPolicy(name, bean, List.of(), false, null, null, this.timeLimit, false, canonical);
    }

    /** Policies of files, which may not have the names of others. */
    List<BoundPolicy> resolveFiles(List<FilePolicy> files, Set<String> taken) {
        List<BoundPolicy> bound = new ArrayList<>(files.size());
        Set<String> names = new HashSet<>(taken);
        for (FilePolicy file : files) {
            String name = file.policy().name();
            if (this.catalogue.containsKey(name) || this.beans.containsKey(name) || !names.add(name)) {
                throw new PolicyConfigurationException(
                        "enact.policy-files: there are two policies named '" + name + "'", "Rename one of them.");
            }
            String canonical =
                    new CanonicalText("file").add(name).add(file.canonical()).toString();
            bound.add(new BoundPolicy(
                    name, file.policy(), List.of(), false, null, null, this.timeLimit, true, canonical));
        }
        return bound;
    }

    private List<BoundPolicy> resolve(List<PolicySpec> specs, @Nullable String action) {
        List<BoundPolicy> bound = new ArrayList<>(specs.size());
        Set<String> names = new HashSet<>();
        for (PolicySpec spec : specs) {
            requireExactlyOne(spec);
            bound.add((spec.policy() != null) ? named(spec, spec.policy(), action) : expression(spec, action, names));
        }
        return List.copyOf(bound);
    }

    private BoundPolicy named(PolicySpec spec, String name, @Nullable String action) {
        if (spec.name() != null || spec.reason() != null || spec.onError() != null) {
            throw new PolicyConfigurationException(
                    spec.origin() + ": 'name', 'reason' and 'on-error' are for expressions, but this is policy '" + name
                            + "'",
                    "Remove them, or use block or ask with an expression in place of policy.");
        }
        PolicyParameters with = new PolicyParameters(name, spec.origin(), spec.source(), spec.with());
        ActionPolicy bean = this.beans.get(name);
        if (bean != null) {
            with.requireKnown(List.of());
            return bind(spec, action, name, bean, this.timeLimit, className(bean));
        }
        PolicyType type = this.catalogue.get(name);
        if (type == null) {
            Set<String> known = new TreeSet<>(this.catalogue.keySet());
            known.addAll(this.beans.keySet());
            throw new PolicyConfigurationException(
                    spec.origin("policy") + ": there is no policy '" + name + "'",
                    known.isEmpty()
                            ? "Register an ActionPolicy bean of that name."
                            : new NearestName(known).hint(name));
        }
        if (type.needsActions() && spec.on() == null && action == null) {
            throw new PolicyConfigurationException(
                    spec.origin("policy") + ": policy '" + name + "' does not know which actions it is for",
                    "Add \"on\" with their names, such as \"on\": crm.*");
        }
        with.requireKnown(type.parameters());
        return bind(spec, action, name, type.create(with), type.bounded() ? null : this.timeLimit, "catalogue");
    }

    private BoundPolicy expression(PolicySpec spec, @Nullable String action, Set<String> names) {
        if (!spec.with().isEmpty()) {
            throw new PolicyConfigurationException(
                    spec.origin() + ": an expression has no parameters",
                    "Remove 'with' and write the values into the expression.");
        }
        if (this.expressions == null) {
            throw new PolicyConfigurationException(
                    spec.origin() + ": this policy is an expression, but there is nothing to evaluate it with",
                    "Add the dependency dev.cel:cel to the application.");
        }
        String name = expressionName(spec, names);
        Effect effect = (spec.block() != null) ? Effect.BLOCK : Effect.ASK;
        String expression = (spec.block() != null) ? spec.block() : String.valueOf(spec.ask());
        String reason = (spec.reason() != null && !spec.reason().isBlank())
                ? spec.reason().strip()
                : defaultReason(name, effect);
        OnError onError = (spec.onError() != null) ? spec.onError() : OnError.BLOCK;
        String origin = spec.origin((effect == Effect.BLOCK) ? "block" : "ask");
        ActionPolicy policy = this.expressions.compile(name, effect, expression, reason, onError, origin);
        return bind(spec, action, name, policy, this.timeLimit, "expression");
    }

    private String expressionName(PolicySpec spec, Set<String> names) {
        if (spec.name() == null) {
            String name = spec.origin();
            for (int i = 2; !names.add(name); i++) {
                name = spec.origin() + " #" + i;
            }
            return name;
        }
        String name = spec.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new PolicyConfigurationException(
                    spec.origin("name") + ": the name of the expression is blank, too long or not printable",
                    "Give it a short name in kebab-case, such as no-big-refunds.");
        }
        if (this.catalogue.containsKey(name) || this.beans.containsKey(name) || !names.add(name)) {
            throw new PolicyConfigurationException(
                    spec.origin("name") + ": there is another policy named '" + name + "'",
                    "Give the expression a name of its own.");
        }
        return name;
    }

    private BoundPolicy bind(
            PolicySpec spec,
            @Nullable String action,
            String name,
            ActionPolicy policy,
            @Nullable TimeLimit limit,
            String kind) {
        List<ActionPattern> patterns = patterns(spec);
        boolean exact = action != null
                || !patterns.isEmpty()
                        && patterns.stream().noneMatch(pattern -> pattern.text().indexOf('*') >= 0);
        boolean expression = spec.policy() == null;
        return new BoundPolicy(
                name,
                policy,
                patterns,
                exact,
                spec.mode(),
                spec.quorum(),
                limit,
                expression,
                canonical(spec, name, kind));
    }

    private static List<ActionPattern> patterns(PolicySpec spec) {
        if (spec.on() == null) {
            return List.of();
        }
        List<ActionPattern> patterns = new ArrayList<>();
        for (String text : spec.on().split(",", -1)) {
            if (text.isBlank()) {
                throw new PolicyConfigurationException(
                        spec.origin("on") + ": 'on' holds a blank action pattern",
                        "Write patterns such as on: \"postgres.*, crm.delete_customer\", or remove 'on'.");
            }
            patterns.add(new ActionPattern(text.strip()));
        }
        return List.copyOf(patterns);
    }

    private static void requireExactlyOne(PolicySpec spec) {
        if (spec.quorum() != null && spec.block() != null) {
            throw new PolicyConfigurationException(
                    spec.origin("approvers")
                            + ": 'approvers' and 'groups' are for a policy that asks, but this one blocks",
                    "Remove them, or write the expression under 'ask'.");
        }
        if (spec.quorum() != null && spec.quorum().groups().stream().anyMatch(String::isBlank)) {
            throw new PolicyConfigurationException(
                    spec.origin("groups") + ": one of the groups is blank", "Give it a name or remove it.");
        }
        int given = 0;
        for (String text : new @Nullable String[] {spec.policy(), spec.block(), spec.ask()}) {
            if (text != null && text.isBlank()) {
                throw new PolicyConfigurationException(
                        spec.origin() + ": one of policy, block and ask is blank", "Give it a value or remove it.");
            }
            given += (text != null) ? 1 : 0;
        }
        if (given != 1) {
            throw new PolicyConfigurationException(
                    spec.origin() + ": a policy has exactly one of policy, block and ask, but this has "
                            + ((given == 0) ? "none" : "several"),
                    "Name a policy with 'policy', or write one expression under 'block' or 'ask'.");
        }
    }

    private static String defaultReason(String name, Effect effect) {
        return (effect == Effect.BLOCK)
                ? "The rule '" + name + "' forbids this call. Change what it does, or ask whoever maintains the rule."
                : "The rule '" + name + "' wants a person to decide. Wait for the answer before you try again.";
    }

    private static String canonical(PolicySpec spec, String name, String kind) {
        CanonicalText text = new CanonicalText("policy")
                .add(kind)
                .add(name)
                .add(spec.with())
                .add(spec.on())
                .add((spec.mode() != null) ? spec.mode().name() : null)
                .add(spec.block())
                .add(spec.ask())
                .add(spec.reason())
                .add((spec.onError() != null) ? spec.onError().name() : null);
        Quorum quorum = spec.quorum();
        if (quorum != null) {
            // only then, so that the digests of policies without one stay what they were
            text.add("quorum").add(quorum.approvers()).add(List.copyOf(new TreeSet<>(quorum.groups())));
        }
        return text.toString();
    }

    /** Lambdas and proxies have numbers in their names that change with every start. */
    private static String className(ActionPolicy policy) {
        String name = policy.getClass().getName();
        int generated = name.indexOf("$$");
        return (generated > 0) ? name.substring(0, generated) : name;
    }
}
