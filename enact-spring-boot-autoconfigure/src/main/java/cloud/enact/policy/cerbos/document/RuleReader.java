package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.cerbos.document.ConditionSource.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rules and derived roles of what files say. */
public final class RuleReader {

    private static final List<String> OUTPUT = List.of("name", "condition", "output");

    List<RuleSource> ofResource(String resource, List<YamlNode> nodes) {
        List<RuleSource> rules = new ArrayList<>();
        for (YamlNode node : nodes) {
            Fields fields = fields(node, "a rule", "actions", "roles", "derivedRoles", "effect");
            List<String> roles = fields.texts("roles");
            List<Located> derivedRoles = fields.locatedTexts("derivedRoles");
            if (roles.isEmpty() && derivedRoles.isEmpty()) {
                throw fields.wrong("the rule names no role", "Add roles or derivedRoles; \"*\" means every role.");
            }
            Located name = name(fields, node, numbered("", rules.size()));
            rules.add(rule(fields, name, resource, required(fields, "actions"), roles, derivedRoles, allows(fields)));
        }
        return distinct(rules);
    }

    List<RuleSource> ofPrincipal(List<YamlNode> nodes) {
        List<RuleSource> rules = new ArrayList<>();
        Set<String> resources = new HashSet<>();
        for (YamlNode node : nodes) {
            Fields fields = new Fields(node, "a rule", List.of("resource", "actions"));
            String resource = fields.require("resource").text("'resource'");
            if (!resources.add(resource)) {
                throw fields.wrong("the resource '" + resource + "' has rules already", "Write them together.");
            }
            List<RuleSource> ofResource = new ArrayList<>();
            for (YamlNode action : fields.require("actions").elements("'actions'")) {
                Fields rule = fields(action, "the rule of an action", "action", "effect");
                Located name = name(rule, action, numbered(resource + "_", ofResource.size()));
                List<String> actions = List.of(rule.require("action").text("'action'"));
                ofResource.add(rule(rule, name, resource, actions, List.of(), List.of(), allows(rule)));
            }
            rules.addAll(distinct(ofResource));
        }
        return rules;
    }

    List<RuleSource> ofRole(String role, List<YamlNode> nodes) {
        List<RuleSource> rules = new ArrayList<>();
        for (YamlNode node : nodes) {
            Fields fields = fields(node, "a rule", "resource", "allowActions");
            String resource = fields.require("resource").text("'resource'");
            Located name = name(fields, node, "");
            List<String> actions = required(fields, "allowActions");
            rules.add(rule(fields, name, resource, actions, List.of(role), List.of(), true));
        }
        return rules;
    }

    List<RoleSource> derivedRoles(List<YamlNode> nodes) {
        List<RoleSource> roles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode node : nodes) {
            Fields fields = new Fields(node, "a derived role", List.of("name", "parentRoles", "condition"));
            Located name = fields.require("name").located("'name'");
            if (!names.add(name.text())) {
                throw fields.wrong("the derived role '" + name.text() + "' is defined twice", "Define it once.");
            }
            roles.add(new RoleSource(name, required(fields, "parentRoles"), condition(fields)));
        }
        return roles;
    }

    private static RuleSource rule(
            Fields fields,
            Located name,
            String resource,
            List<String> actions,
            List<String> roles,
            List<Located> derivedRoles,
            boolean allows) {
        Located activated = null;
        Located conditionNotMet = null;
        YamlNode output = fields.get("output");
        if (output != null) {
            Fields outputs = new Fields(output, "'output'", List.of("expr", "when"));
            activated = outputs.located("expr");
            YamlNode when = outputs.get("when");
            if (when != null) {
                Fields whens = new Fields(when, "'when'", List.of("ruleActivated", "conditionNotMet"));
                activated = whens.has("ruleActivated") ? whens.located("ruleActivated") : activated;
                conditionNotMet = whens.located("conditionNotMet");
            }
            if (activated == null && conditionNotMet == null) {
                throw output.wrong("the output has no expression", "Add when with ruleActivated.");
            }
        }
        return new RuleSource(
                name, resource, actions, roles, derivedRoles, allows, condition(fields), activated, conditionNotMet);
    }

    private static Fields fields(YamlNode node, String what, String... own) {
        List<String> known = new ArrayList<>(List.of(own));
        known.addAll(OUTPUT);
        return new Fields(node, what, known);
    }

    private static String numbered(String prefix, int before) {
        String number = Integer.toString(before + 1);
        return prefix + "rule-" + "0".repeat(Math.max(0, 3 - number.length())) + number;
    }

    private static Located name(Fields fields, YamlNode node, String otherwise) {
        String name = fields.text("name");
        return new Located(name.isEmpty() ? otherwise : name, node.file(), node.line());
    }

    private static List<RuleSource> distinct(List<RuleSource> rules) {
        Set<String> names = new HashSet<>();
        for (RuleSource rule : rules) {
            if (!names.add(rule.name().text())) {
                throw new YamlNode(rule.name().file(), rule.name().line(), null)
                        .wrong("there is another rule named '" + rule.name().text() + "'", "Rename one of them.");
            }
        }
        return rules;
    }

    private static List<String> required(Fields fields, String name) {
        List<String> texts = fields.texts(name);
        if (texts.isEmpty() || texts.contains("")) {
            throw fields.wrong("'" + name + "' is missing, empty or holds a blank", "Name at least one.");
        }
        return texts;
    }

    private static boolean allows(Fields fields) {
        YamlNode effect = fields.require("effect");
        return switch (effect.text("'effect'")) {
            case "EFFECT_ALLOW" -> true;
            case "EFFECT_DENY" -> false;
            default -> throw effect.wrong("the effect is unknown", "Write EFFECT_ALLOW or EFFECT_DENY.");
        };
    }

    private static @Nullable ConditionSource condition(Fields fields) {
        YamlNode node = fields.get("condition");
        if (node == null) {
            return null;
        }
        Fields condition = new Fields(node, "'condition'", List.of("match", "script"));
        if (condition.has("script")) {
            throw node.wrong("scripts are not supported", "Write the condition as match with expr.");
        }
        return match(condition.require("match"));
    }

    /** The depth is bounded by that of the file. */
    public static ConditionSource match(YamlNode node) {
        Fields match = new Fields(node, "'match'", List.of("expr", "all", "any", "none"));
        if (node.members("'match'").size() != 1) {
            throw node.wrong("a match is exactly one of expr, all, any and none", "Write one of them.");
        }
        Located expression = match.located("expr");
        if (expression != null) {
            return new ConditionSource(Operator.EXPR, expression, List.of());
        }
        for (Operator operator : List.of(Operator.ALL, Operator.ANY, Operator.NONE)) {
            YamlNode list = match.get(operator.name().toLowerCase(Locale.ROOT));
            if (list != null) {
                List<YamlNode> parts = new Fields(list, "a list of matches", List.of("of")).list("of");
                if (parts.isEmpty()) {
                    throw list.wrong("the list of matches is empty", "Write them below 'of'.");
                }
                return new ConditionSource(
                        operator, null, parts.stream().map(RuleReader::match).toList());
            }
        }
        throw node.wrong("the match is empty", "Write expr: with an expression.");
    }
}
