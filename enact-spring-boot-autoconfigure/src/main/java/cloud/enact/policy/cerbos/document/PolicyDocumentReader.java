package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes documents of files. */
public final class PolicyDocumentReader {

    private static final String API_VERSION = "api.cerbos.dev/v1";

    private static final String DEFAULT_VERSION = "default";

    private static final List<String> TOP = top();

    private final RuleReader rules = new RuleReader();

    /** Whether a file says that it is written in this format. */
    public static boolean knows(String text) {
        return text.contains("apiVersion") && text.contains(API_VERSION);
    }

    /**
     * Reads the policy of a file.
     *
     * @return the document, or {@code null} for an empty file or a disabled policy
     * @throws PolicyFileException when it is not valid
     */
    public @Nullable PolicyDocument read(String file, String text) {
        List<YamlNode> documents = YamlTree.read(file, text);
        if (documents.isEmpty()) {
            return null;
        }
        if (documents.size() > 1) {
            throw documents.get(1).wrong("the file holds more than one policy", "Write each into a file of its own.");
        }
        Fields top = new Fields(documents.get(0), "a policy", TOP);
        if (!top.text("apiVersion").equals(API_VERSION)) {
            throw top.wrong("the apiVersion is unknown", "Write apiVersion: " + API_VERSION + ".");
        }
        YamlNode disabled = top.get("disabled");
        PolicyDocument document = document(top);
        return (disabled != null && disabled.flag("'disabled'")) ? null : document;
    }

    private PolicyDocument document(Fields top) {
        List<PolicyKind> kinds = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.values()) {
            if (top.has(kind.field())) {
                kinds.add(kind);
            }
        }
        if (kinds.size() != 1) {
            throw top.wrong(
                    "a file holds exactly one policy, but this has " + (kinds.isEmpty() ? "none" : "several"),
                    "Write one of " + String.join(", ", fields()) + ".");
        }
        PolicyKind kind = kinds.get(0);
        YamlNode body = top.require(kind.field());
        return switch (kind) {
            case RESOURCE -> resource(top, body);
            case PRINCIPAL -> principal(top, body);
            case ROLE -> role(top, body);
            case DERIVED_ROLES -> derivedRoles(top, body);
            case EXPORT_VARIABLES, EXPORT_CONSTANTS -> exported(kind, body);
        };
    }

    private PolicyDocument resource(Fields top, YamlNode body) {
        Fields fields = new Fields(
                body,
                "a resource policy",
                List.of(
                        "resource",
                        "version",
                        "scope",
                        "importDerivedRoles",
                        "rules",
                        "schemas",
                        "variables",
                        "scopePermissions",
                        "constants"));
        Located name = name(fields, "resource");
        return new PolicyDocument(
                PolicyKind.RESOURCE,
                name,
                version(fields),
                scope(fields),
                needsConsent(fields),
                fields.locatedTexts("importDerivedRoles"),
                List.of(),
                this.rules.ofResource(name.text(), fields.list("rules")),
                List.of(),
                definitions(top, fields),
                fields.has("schemas"));
    }

    private PolicyDocument principal(Fields top, YamlNode body) {
        Fields fields = new Fields(
                body,
                "a principal policy",
                List.of("principal", "version", "scope", "rules", "variables", "scopePermissions", "constants"));
        return new PolicyDocument(
                PolicyKind.PRINCIPAL,
                name(fields, "principal"),
                version(fields),
                scope(fields),
                needsConsent(fields),
                List.of(),
                List.of(),
                this.rules.ofPrincipal(fields.list("rules")),
                List.of(),
                definitions(top, fields),
                false);
    }

    private PolicyDocument role(Fields top, YamlNode body) {
        Fields fields = new Fields(
                body,
                "a role policy",
                List.of(
                        "role",
                        "version",
                        "parentRoles",
                        "scope",
                        "rules",
                        "scopePermissions",
                        "variables",
                        "constants"));
        Located name = name(fields, "role");
        return new PolicyDocument(
                PolicyKind.ROLE,
                name,
                fields.has("version") ? version(fields) : DEFAULT_VERSION,
                scope(fields),
                null,
                List.of(),
                fields.texts("parentRoles"),
                this.rules.ofRole(name.text(), fields.list("rules")),
                List.of(),
                definitions(top, fields),
                false);
    }

    private PolicyDocument derivedRoles(Fields top, YamlNode body) {
        Fields fields = new Fields(body, "derived roles", List.of("name", "definitions", "variables", "constants"));
        return new PolicyDocument(
                PolicyKind.DERIVED_ROLES,
                name(fields, "name"),
                DEFAULT_VERSION,
                "",
                null,
                List.of(),
                List.of(),
                List.of(),
                this.rules.derivedRoles(fields.list("definitions")),
                definitions(top, fields),
                false);
    }

    private static PolicyDocument exported(PolicyKind kind, YamlNode body) {
        Fields fields = new Fields(body, "exported definitions", List.of("name", "definitions"));
        boolean variables = kind == PolicyKind.EXPORT_VARIABLES;
        return new PolicyDocument(
                kind,
                name(fields, "name"),
                DEFAULT_VERSION,
                "",
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new DefinitionsSource(
                        List.of(),
                        variables ? Map.of() : plain(fields.map("definitions")),
                        List.of(),
                        variables ? located(fields.map("definitions")) : Map.of()),
                false);
    }

    private static DefinitionsSource definitions(Fields top, Fields fields) {
        YamlNode constants = fields.get("constants");
        YamlNode variables = fields.get("variables");
        List<String> known = List.of("import", "local");
        Fields constantFields = (constants != null) ? new Fields(constants, "'constants'", known) : null;
        Fields variableFields = (variables != null) ? new Fields(variables, "'variables'", known) : null;
        Map<String, Located> local = new LinkedHashMap<>(located(top.map("variables")));
        if (variableFields != null) {
            located(variableFields.map("local")).forEach((name, expression) -> {
                if (local.put(name, expression) != null) {
                    throw variableFields.wrong("the variable '" + name + "' is defined twice", "Define it once.");
                }
            });
        }
        return new DefinitionsSource(
                (constantFields != null) ? constantFields.locatedTexts("import") : List.of(),
                (constantFields != null) ? plain(constantFields.map("local")) : Map.of(),
                (variableFields != null) ? variableFields.locatedTexts("import") : List.of(),
                local);
    }

    private static Map<String, Located> located(Map<String, YamlNode> nodes) {
        Map<String, Located> located = new LinkedHashMap<>();
        nodes.forEach((name, node) -> located.put(name, node.located("the variable '" + name + "'")));
        return located;
    }

    private static Map<String, @Nullable Object> plain(Map<String, YamlNode> nodes) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        nodes.forEach((name, node) -> plain.put(name, node.plain()));
        return plain;
    }

    private static Located name(Fields fields, String field) {
        Located name = fields.require(field).located("'" + field + "'");
        if (name.text().isEmpty() || name.text().chars().anyMatch(c -> "!*?[]{}".indexOf(c) >= 0)) {
            throw fields.wrong("'" + field + "' is blank or holds one of ! * ? [ ] { }", "Name exactly one.");
        }
        return name;
    }

    private static String version(Fields fields) {
        String version = fields.require("version").text("'version'");
        boolean word = !version.isEmpty()
                && version.chars().allMatch(c -> c == '_' || c < 0x80 && Character.isLetterOrDigit(c));
        if (!word) {
            throw fields.wrong("'version' must be made of letters, digits and _", "Write version: default.");
        }
        return version;
    }

    /** A single dot is another name of the root. */
    private static String scope(Fields fields) {
        String scope = fields.text("scope");
        return scope.equals(".") ? "" : scope;
    }

    private static @Nullable Boolean needsConsent(Fields fields) {
        YamlNode node = fields.get("scopePermissions");
        if (node == null) {
            return null;
        }
        return switch (node.text("'scopePermissions'")) {
            case "SCOPE_PERMISSIONS_UNSPECIFIED" -> null;
            case "SCOPE_PERMISSIONS_OVERRIDE_PARENT" -> false;
            case "SCOPE_PERMISSIONS_REQUIRE_PARENTAL_CONSENT_FOR_ALLOWS" -> true;
            default ->
                throw node.wrong(
                        "the scope permissions are unknown",
                        "Write SCOPE_PERMISSIONS_OVERRIDE_PARENT or"
                                + " SCOPE_PERMISSIONS_REQUIRE_PARENTAL_CONSENT_FOR_ALLOWS.");
        };
    }

    private static List<String> fields() {
        return Arrays.stream(PolicyKind.values()).map(PolicyKind::field).toList();
    }

    private static List<String> top() {
        List<String> top = new ArrayList<>(fields());
        top.addAll(List.of("apiVersion", "disabled", "description", "metadata", "$schema", "variables"));
        return top;
    }
}
