package cloud.enact.policy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Effort;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What holds for every policy of the catalogue, whatever it judges. Huge texts have 200,000 characters, and a million
 * with {@code -Pfaults}; the two largest twenty times that.
 */
class BuiltinPoliciesTests {

    private static final Map<String, Map<String, Object>> PARAMETERS = Map.ofEntries(
            Map.entry("db.protect-tables", Map.of("tables", "users")),
            Map.entry("db.max-rows", Map.of("max", "10")),
            Map.entry("filesystem.restrict-paths", Map.of("allowed", "/work")),
            Map.entry("filesystem.block-extensions", Map.of("extensions", "pem")),
            Map.entry("access.require-actor-role", Map.of("roles", "admin")),
            Map.entry("time.within-maintenance-window", Map.of("start", "10:00", "end", "11:00")),
            Map.entry("slack.require-channel-allowlist", Map.of("channels", "#general")),
            Map.entry("prompt.block-prompt-injection-fields", Map.of("fields", "text")),
            Map.entry("access.require-user-role", Map.of("roles", "admin")),
            Map.entry("access.dont-read-sensitive-tables", Map.of("tables", "users")),
            Map.entry("access.dont-read-sensitive-paths", Map.of("paths", "/srv/secrets")),
            Map.entry("access.require-clearance-for-path", Map.of("paths", "/srv/secrets", "min", "3")),
            Map.entry("url.webfetch-domain-allowlist", Map.of("allowed", "example.com")));

    private static final List<String> ACTIONS = List.of(
            "git.push_branch",
            "github.create_or_update_file",
            "postgres.execute",
            "fs.delete_file",
            "fs.copy",
            "crm.update",
            "",
            ".",
            "x",
            "\u0000",
            "\uD800",
            "\u202Egit.push",
            "a".repeat(100_000));

    private static final List<String> NAMES = List.of(
            "branch",
            "refspec",
            "base",
            "path",
            "files",
            "source",
            "to",
            "table",
            "sql",
            "query",
            "where",
            "command",
            "args",
            "url",
            "content",
            "name",
            "",
            "\u200Bpath",
            "\uD800",
            "b".repeat(10_000));

    @Test
    void everyPolicySaysWhichHarmItPrevents() {
        assertThat(Catalogue.policies().types()).allSatisfy(type -> {
            assertThat(type.harm()).endsWith(".").hasSizeGreaterThan(20);
            // the one asks a bean of the application
            assertThat(type.bounded()).isEqualTo(!type.name().equals("crm.dont-duplicate-contacts"));
        });
    }

    @Test
    @Timeout(600)
    void everyPolicyGivesAVerdictOnAnyInput() {
        PolicySet set = all();
        for (String action : ACTIONS) {
            for (String name : NAMES) {
                for (Object value : hostileValues()) {
                    Map<String, Object> args = new HashMap<>();
                    args.put(name, value);
                    check(set, action, args);
                }
            }
        }
    }

    @Test
    @Timeout(600)
    void everyPolicyGivesAVerdictOnHugeTexts() {
        PolicySet set = all();
        int size = Effort.of(200_000, 1_000_000);
        for (String unit : List.of(
                "a",
                "main ",
                "/..",
                "\\",
                "' ",
                "[",
                "\u0301\u0316",
                "\uFDFA",
                "\uD800",
                "\0",
                "$",
                "~/",
                "%2e",
                ".pem")) {
            String huge = unit.repeat(size / unit.length());
            for (String name : List.of("branch", "path", "sql", "table", "where", "command", "url", "content")) {
                check(set, "git.push_file", Map.of(name, huge));
                check(set, "git.push_file", Map.of(name, huge.substring(0, 4_000)));
            }
        }
        check(set, "git.push", Map.of("branch", "x".repeat(20 * size), "content", "y".repeat(20 * size)));
        check(set, "fs.write", Map.of("files", Collections.nCopies(300_000, "a")));
    }

    @Test
    void everyPolicyGivesAVerdictOnTextsPutTogetherAtRandom() {
        PolicySet set = all();
        Random random = new Random(7);
        String[] pieces = {
            "main",
            "refs/heads/",
            ":",
            "+",
            "..",
            "/",
            "\\",
            "~",
            "file:",
            "%2e",
            "'",
            "\"",
            "`",
            "$$",
            "--",
            "/*",
            "*/",
            "select ",
            "users",
            ".pem",
            "\u200B",
            "\u202E",
            "\uD83D",
            "\0",
            " ",
            "@{",
            "^",
            "*",
            "[",
            "]",
            "#"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String name = NAMES.get(random.nextInt(NAMES.size()));

            check(set, ACTIONS.get(random.nextInt(6)), Map.of(name, text.toString()));
        }
    }

    private static void check(PolicySet set, String action, Map<String, Object> args) {
        List<Verdict> verdicts =
                set.decide(Requests.request(action, flattened(args))).verdicts();

        assertThat(verdicts).hasSize(2 * Catalogue.policies().types().size());
        for (Verdict verdict : verdicts) {
            // a policy that threw would say so
            assertThat(verdict.reason()).doesNotContain("It failed with");
            if (verdict.effect() == Effect.BLOCK || verdict.effect() == Effect.ASK) {
                assertThat(verdict.reason()).isNotBlank().hasSizeLessThan(500);
            }
        }
    }

    private static Object[] flattened(Map<String, Object> args) {
        List<Object> flat = new ArrayList<>();
        args.forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat.toArray();
    }

    private static List<Object> hostileValues() {
        List<Object> values = new ArrayList<>(List.of(
                "",
                " ",
                "x",
                "\uD800",
                "\uDC00x",
                "\0",
                "a\0b",
                "\u202Emain",
                "ma\u200Bin",
                "\r\n",
                "𝕞𝕒𝕚𝕟",
                "-1",
                "null",
                "*",
                "..",
                "/",
                "~",
                "'",
                "file:",
                "file://",
                "://",
                0,
                -1,
                1.5,
                true,
                BigInteger.TEN.pow(50),
                new BigDecimal("1e-30"),
                List.of(),
                Map.of(),
                List.of(List.of(List.of("x"))),
                Map.of("name", Map.of("value", List.of("x"))),
                deep(60)));
        values.add(null);
        values.add(Collections.singletonList(null));
        return values;
    }

    private static Object deep(int levels) {
        Object value = "x";
        for (int i = 0; i < levels; i++) {
            value = (i % 2 == 0) ? List.of(value) : Map.of("path", value);
        }
        return value;
    }

    /** Every policy twice: as it applies by itself, and attached to the very action. */
    private static PolicySet all() {
        List<PolicySpec> specs = new ArrayList<>();
        for (PolicyType type : Catalogue.policies().types()) {
            specs.add(spec(type, null));
        }
        PolicySet set = new PolicySetFactory(
                        Catalogue.policies().types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO)
                .create(specs);
        for (String action : new ArrayList<>(ACTIONS)) {
            govern(set, action);
        }
        govern(set, "git.push_file");
        govern(set, "git.push");
        govern(set, "fs.write");
        return set;
    }

    private static void govern(PolicySet set, String action) {
        set.govern(
                action,
                Catalogue.policies().types().stream()
                        .map(type -> spec(type, null))
                        .toList());
    }

    private static PolicySpec spec(PolicyType type, String on) {
        return new PolicySpec(
                type.name(), null, PARAMETERS.getOrDefault(type.name(), Map.of()), on, null, null, null, null, "test");
    }
}
