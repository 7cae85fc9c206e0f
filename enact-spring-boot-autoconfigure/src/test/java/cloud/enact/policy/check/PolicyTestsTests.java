package cloud.enact.policy.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTestsTests {

    private static final String REFUNDS = """
            policies:
              - name: no-big-refunds
                on: billing.refund
                ask: args.amount > 500
                reason: Refunds above 500 need a person.
              - policy: access.require-actor-role
                with: { roles: [support] }
                on: billing.refund
              - policy: time.within-maintenance-window
                with: { start: 22:00, end: 06:00 }
                on: deploy.release
              - policy: db.max-rows
                with: { max: 10 }
              - name: not-twice
                on: crm.merge
                block: run.actions.exists(earlier, earlier.name == "crm.merge")
                reason: Once per run.
            """;

    private static final String TESTS = """
            description: What the rules of the shop say
            tests:
              - name: a small refund passes
                action: billing.refund
                args: { amount: 500 }
                actor: { id: ann, roles: [support, dev] }
                expect: PASS
              - name: a big refund needs a person
                action: billing.refund
                args: { amount: 500.01, items: [{id: 1}] }
                actor: { id: ann, roles: support, attributes: {level: 3}, agent: helper }
                expect: ask
                policy: no-big-refunds
                reason-contains: above 500
              - name: not everybody refunds
                action: billing.refund
                args: { amount: 1 }
                actor: bob
                expect: BLOCK
                policy: access.require-actor-role
              - name: releases at night
                action: deploy.release
                now: 2026-01-31T23:00:00Z
                expect: PASS
              - name: no releases by day
                action: deploy.release
                expect: BLOCK
              - name: too many rows
                action: postgres.update_row
                effect: { users: 11 }
                expect: BLOCK
              - name: merged before
                action: crm.merge
                run:
                  - { action: crm.find, args: { name: x } }
                  - { action: crm.merge, at: 2026-01-05T11:59:00Z, actor: ann }
                expect: BLOCK
                policy: not-twice
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writePolicies() throws IOException {
        write("refunds.yaml", REFUNDS);
    }

    @TestFactory
    Stream<DynamicTest> testsOfAFileRunAsTestsOfJUnit() throws IOException {
        write("refunds_test.yaml", TESTS);

        return PolicyTests.in(this.folder).map(test -> dynamicTest(test.name(), test::run));
    }

    @Test
    void aTestFileIsAboutTheFileOfItsName() throws IOException {
        write("other.yaml", "policies: [{name: never, block: 'true'}]");
        write("refunds_test.yaml", TESTS);

        List<PolicyTest> tests = PolicyTests.in(this.folder).toList();

        assertThat(tests).hasSize(7);
        assertThat(tests.get(0).name()).isEqualTo("refunds_test.yaml: a small refund passes");
        tests.forEach(PolicyTest::run);
    }

    @Test
    void aTestFileMayNameItsFilesElseItIsAboutAllBesideIt() throws IOException {
        write("other.yml", "policies: [{name: never, block: 'true', reason: No.}]");
        String test = "tests: [{name: t, action: a.b, expect: BLOCK, reason-contains: No}]";

        PolicyTests.in(write("named_test.yaml", "policies: [other.yml]\n" + test))
                .forEach(PolicyTest::run);
        PolicyTests.in(write("all_test.yaml", test)).forEach(PolicyTest::run);
    }

    @Test
    void aTestThatFailsSaysWhatThePoliciesSaid() throws IOException {
        write("refunds_test.yaml", """
                tests:
                  - { name: one, action: billing.refund, args: {amount: 1}, expect: PASS }
                  - { name: two, action: lamp.on, expect: BLOCK }
                  - { name: three, action: billing.refund, args: {amount: 1}, expect: BLOCK, policy: no-big-refunds }
                  - { name: four, action: billing.refund, args: {amount: 1}, expect: BLOCK, reason-contains: Nonsense }
                """);
        List<PolicyTest> tests = PolicyTests.in(this.folder).toList();

        assertThatThrownBy(tests.get(0)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("must be PASS, but is BLOCK")
                .hasMessageContaining("BLOCK access.require-actor-role: ");
        assertThatThrownBy(tests.get(1)::run).hasMessageContaining("No policy has anything to say");
        assertThatThrownBy(tests.get(2)::run).hasMessageContaining("under the name 'no-big-refunds'");
        assertThatThrownBy(tests.get(3)::run).hasMessageContaining("with 'Nonsense' in its reason");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tests:\\n- name: a\\n  action: b.c\\n  expct: PASS   | 4 | 'expct' is no key",
                "tests:\\n- name: a\\n  action: b.c\\n  expect: FINE  | 4 | 'expect'",
                "tests:\\n- name: a\\n  expect: PASS                  | 2 | no 'action'",
                "tests:\\n- name: a\\n  action: b.c                   | 2 | no 'expect'",
                "tests:\\n- action: b.c\\n  expect: PASS              | 2 | no 'name'",
                "tests:\\n- name: a\\n  action: b\\n  now: today      | 4 | 'now' is no time",
                "tests:\\n- name: a\\n  action: b\\n  args: [1]       | 4 | 'args' must be a map",
                "tests:\\n- name: a\\n  action: b\\n  actor: ' '      | 4 | blank",
                "tests:\\n- name: a\\n  action: b\\n  effect: {t: x}  | 4 | how many rows",
                "tests:\\n- name: a\\n  action: b\\n  run: [{}]       | 4 | no 'action'",
                "policies: []                                         | 0 | no tests",
                "tests:                                               | 0 | no tests",
                "{}                                                   | 0 | no tests",
                "''                                                   | 1 | must be a map",
            })
    void whatIsWrongInATestFileIsToldWithItsLine(String yaml, int line, String what) throws IOException {
        Path file = write("refunds_test.yaml", yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> PolicyTests.in(file).toList())
                .isInstanceOf(PolicyFileException.class)
                .hasMessageStartingWith(file + ((line > 0) ? ", line " + line : "") + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void aFolderWithoutTestsAndAFileThatIsNotThereAreRefused() {
        assertThatThrownBy(() -> PolicyTests.in(this.folder).toList())
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("holds no test file");
        assertThatThrownBy(() ->
                        PolicyTests.in(this.folder.resolve("no_test.yaml")).toList())
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void policiesThatCannotBeUsedFailBeforeAnyTest() throws IOException {
        write("refunds.yaml", "policies: [{policy: no.such}]");
        write("refunds_test.yaml", TESTS);

        assertThatThrownBy(() -> PolicyTests.in(this.folder).toList())
                .isInstanceOf(PolicyConfigurationException.class)
                .hasMessageContaining("no.such");
    }

    @Test
    void theSameMomentHoldsOnEveryDay() throws IOException {
        write("noon.yaml", "policies: [{name: noon, block: 'now != timestamp(\"2026-01-05T12:00:00Z\")'}]");
        Path tests = write("noon_test.yaml", "tests: [{name: t, action: a.b, expect: PASS}]");

        assertThatCode(() -> PolicyTests.in(tests).forEach(PolicyTest::run)).doesNotThrowAnyException();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(this.folder.resolve(name), text);
    }
}
