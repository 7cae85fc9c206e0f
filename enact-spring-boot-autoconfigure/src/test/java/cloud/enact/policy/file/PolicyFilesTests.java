package cloud.enact.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.FilePolicy;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cel.CelExpressionCompiler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTests {

    @Test
    void entriesAreThoseOfTheConfiguration() {
        List<PolicySpec> specs = read("""
                description: Rules of the shop
                policies:
                  - policy: db.protect-tables
                    with: { tables: [users, 2024] }
                    on: postgres.*
                    mode: observe
                  - name: no-big-refunds
                    "on": [billing.refund, billing.payout]
                    ask: args.amount > 500
                    reason: Refunds above 500 need a person.
                    on-error: abstain
                """).specs();

        assertThat(specs).hasSize(2);
        assertThat(specs.get(0).policy()).isEqualTo("db.protect-tables");
        assertThat(specs.get(0).with()).isEqualTo(Map.of("tables", List.of("users", 2024L)));
        assertThat(specs.get(0).on()).isEqualTo("postgres.*");
        assertThat(specs.get(0).mode()).isEqualTo(EnactMode.OBSERVE);
        assertThat(specs.get(1).name()).isEqualTo("no-big-refunds");
        assertThat(specs.get(1).on()).isEqualTo("billing.refund,billing.payout");
        assertThat(specs.get(1).ask()).isEqualTo("args.amount > 500");
        assertThat(specs.get(1).reason()).isEqualTo("Refunds above 500 need a person.");
        assertThat(specs.get(1).onError()).isEqualTo(OnError.ABSTAIN);
        assertThat(specs.get(1).origin("ask")).isEqualTo("shop.yaml, line 9");
    }

    @Test
    void nothingIsTakenForATruthValueOrATimeThatIsNone() {
        PolicySpec spec = read("""
                policies:
                  - policy: time.within-maintenance-window
                    with: { start: 22:00, end: 06:00, zone: no, days: on, freeze: true, n: 1.5, e: }
                """).specs().get(0);

        assertThat(spec.with().get("start")).isEqualTo("22:00");
        assertThat(spec.with().get("zone")).isEqualTo("no");
        assertThat(spec.with().get("days")).isEqualTo("on");
        assertThat(spec.with().get("freeze")).isEqualTo(true);
        assertThat(spec.with().get("n")).isEqualTo(1.5);
        assertThat(spec.with()).containsKey("e");
    }

    @Test
    void anExpressionWithoutNameHasOneThatDoesNotChangeWithTheLine() {
        assertThat(read("policies:\n\n\n  - block: 'true'").specs().get(0).name())
                .isEqualTo("shop.yaml[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "policies:\\n- polcy: a.b                                 | 2 | 'polcy' is no key      | 'policy'",
                "policies:\\n- policy: db.protekt-tables                  | 2 | no policy 'db.protekt-tables' | 'db.protect-tables'",
                "policies:\\n- mode: observe\\n  policy: db.protekt-tables | 3 | no policy              | 'db.protect-tables'",
                "policies:\\n- policy: db.protect-tables\\n  with:\\n    tabels: [a] | 4 | no parameter 'tabels' | 'tables'",
                "policies:\\n- policy: db.max-rows\\n  with:\\n    max: many | 4 | parameter 'max'        | 100",
                "policies:\\n- name: x\\n  block: args.amount >           | 3 | not valid CEL          | Correct",
                "policies:\\n- name: x\\n  block: arg.amount > 1          | 3 | 'arg'                  | args",
                "policies:\\n- name: x\\n  block: size(args)              | 3 | must be true or false  | Compare",
                "policies:\\n- name: x\\n  block: 'true'\\n  mode: off    | 4 | 'mode'                 | observe",
                "policies:\\n- name: x\\n  block: 'true'\\n  on-error: ask | 4 | 'on-error'             | abstain",
                "policies:\\n- name: x\\n  block: 'true'\\n  on: ','      | 4 | blank action pattern   | patterns",
                "policies:\\n- pack: git-saftey                           | 2 | no pack 'git-saftey'   | 'git-safety'",
                "policies:\\n- pack: git-safety\\n  with:\\n    branch: x | 4 | no parameter 'branch'  | 'branches'",
                "policies:\\n- pack: git-safety\\n  without: [git.dont-push] | 3 | no policy 'git.dont-push' | git.dont",
                "policies:\\n- policy: a.b\\n  without: [c]               | 3 | 'without' is for a pack | Remove",
                "policies:\\n- policy: a.b\\n  policy: c.d                | 3 | given twice            | once",
                "policies:\\n  a.b                                        | 1 | must be a list         | dash",
                "polices: []                                              | 1 | 'polices' is no key    | 'policies'",
                "policies:\\n- a.b                                        | 2 | must be a map          | key",
                "policies:\\n- policy: [a.b]                              | 2 | must be a text         | one",
                "policies:\\n- policy: !!java.lang.String a.b             | 2 | tag                    | Correct",
                "policies:\\n- policy: !thing a.b                         | 2 | the tag !thing         | Remove",
                "policies:\\n- !thing { policy: a.b }                     | 2 | must be a map          | key",
                "policies: [\\n                                           | 2 | no valid YAML          | Correct",
                "policies: &all [{policy: a.b}]\\nb: *all                 | 0 | alias                  | Write",
                "policies: []\\n---\\npolicies: []                        | 3 | several documents      | own",
            })
    void whatIsWrongIsToldWithFileLineKeyAndWhatWasMeant(String yaml, int line, String what, String remedy) {
        String place = (line > 0) ? "shop.yaml, line " + line + ": " : "shop.yaml: ";

        assertThatThrownBy(() -> resolve(yaml.replace("\\n", "\n")))
                .asInstanceOf(type(PolicyConfigurationException.class))
                .satisfies(ex -> {
                    assertThat(ex.getDescription()).startsWith(place).contains(what);
                    assertThat(ex.getAction()).contains(remedy);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "~", "---\n", "policies:\n"})
    void aFileThatSaysNothingIsRefused(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("no policies");
    }

    @Test
    void hostileFilesAreRefused() {
        String laughs = "a: &a [x,x]\n"
                + "b: &b [*a,*a,*a,*a,*a,*a]\n".repeat(3).replace("&b [*a", "&b [*a") + "policies: [*b]\n";
        String deep = "policies: " + "[".repeat(100_000);
        String huge = "policies:\n" + "- policy: a.b\n".repeat(100_000);

        for (String yaml :
                List.of(laughs, deep, huge, "\u0000", "a: \uD800", "? [a]\n: b", "<<: {a: b}", "%YAML 9.9\n---\n")) {
            assertThatThrownBy(() -> read(yaml)).isInstanceOf(PolicyFileException.class);
        }
    }

    @Property(tries = 500)
    void whateverAFileHoldsItIsReadOrRefused(@ForAll String yaml) {
        try {
            read("policies:\n- " + yaml);
        } catch (PolicyConfigurationException ex) {
            assertThat(ex.getAction()).isNotBlank();
        }
    }

    @Test
    void aFileOfAnotherFormatGoesToItsReader() {
        PolicyFileReader lines = new PolicyFileReader() {
            @Override
            public boolean knows(PolicyFile file) {
                return file.text().startsWith("LINES");
            }

            @Override
            public List<FilePolicy> read(List<PolicyFile> files) {
                return files.stream()
                        .map(file -> new FilePolicy(blocking(file.name()), file.text()))
                        .toList();
            }
        };
        PolicyFile own = new PolicyFile("own.yaml", "policies: [{policy: filesystem.dont-delete-file}]");

        LoadedPolicies loaded = new PolicyFiles(List.of(lines))
                .read(List.of(new PolicyFile("a", "LINES"), own, new PolicyFile("b", "LINES")));

        assertThat(loaded.specs()).extracting(PolicySpec::policy).containsExactly("filesystem.dont-delete-file");
        assertThat(loaded.policies())
                .extracting(policy -> policy.policy().name())
                .containsExactly("a", "b");
        assertThat(set(loaded).policySet())
                .isNotEqualTo(set(new LoadedPolicies(loaded.specs(), List.of())).policySet());
    }

    private static ActionPolicy blocking(String name) {
        return new ActionPolicy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Verdict judge(ActionRequest request) {
                return Verdict.block(name, "No.");
            }
        };
    }

    private static LoadedPolicies read(String yaml) {
        return new PolicyFiles(List.of()).read(List.of(new PolicyFile("shop.yaml", yaml)));
    }

    private static PolicySet resolve(String yaml) {
        return set(read(yaml));
    }

    private static PolicySet set(LoadedPolicies loaded) {
        try (PolicySetFactory factory = new PolicySetFactory(
                new BuiltinPolicies(name -> null, "/home/somebody").types(),
                List.of(),
                new CelExpressionCompiler(),
                EnactMode.ENFORCE,
                Duration.ofSeconds(5))) {
            return factory.create(loaded.specs(), loaded.policies());
        }
    }
}
