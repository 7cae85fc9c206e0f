package cloud.enact.policy.check;

import cloud.enact.policy.PolicyFinding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as SARIF 2.1.0, which code hosts and editors show beside the lines. */
public final class Sarif {

    private static final Map<String, String> RULES = rules();

    private Sarif() {}

    /** Returns the document as JSON-like values. */
    public static Map<String, @Nullable Object> of(List<PolicyFinding> findings) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "enact");
        driver.put(
                "rules",
                RULES.entrySet().stream()
                        .map(rule -> Map.of("id", rule.getKey(), "shortDescription", text(rule.getValue())))
                        .toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("results", findings.stream().map(Sarif::result).toList());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        document.put("version", "2.1.0");
        document.put("runs", List.of(run));
        return document;
    }

    private static Map<String, Object> result(PolicyFinding finding) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", uri(finding.file())));
        if (finding.line() > 0) {
            place.put("region", Map.of("startLine", finding.line()));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.rule());
        result.put(
                "level",
                switch (finding.severity()) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case NOTE -> "note";
                });
        result.put("message", text(finding.message()));
        result.put("locations", List.of(Map.of("physicalLocation", place)));
        return result;
    }

    /** A path as a reference: a relative one as it is, an absolute one with its scheme, what is not allowed escaped. */
    private static String uri(String file) {
        String path = file.replace('\\', '/');
        StringBuilder uri = new StringBuilder();
        if (path.startsWith("/")) {
            uri.append("file://");
        } else if (path.length() > 1 && path.charAt(1) == ':') {
            uri.append("file:///");
        }
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && Character.isLetterOrDigit(c) || "-._~/:@!$&'()*+,;=".indexOf(c) >= 0;
            if (plain) {
                uri.append(c);
            } else {
                uri.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                uri.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return uri.toString();
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("invalid-policy", "A policy can't be used as it is written.");
        rules.put("constant-expression", "An expression has the same value for every call.");
        rules.put("empty-list", "A list is empty.");
        rules.put("never-asked", "A pattern matches no action.");
        rules.put("shadowed-policy", "Another policy says the same already.");
        rules.put("uncovered-action", "No policy has anything to say about an action.");
        rules.put("observed-in-production", "A policy is only observed, in production.");
        return rules;
    }
}
