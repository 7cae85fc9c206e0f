package cloud.enact.policy.cel;

import static cloud.enact.policy.Requests.on;
import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.ResourceRef;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionCompilerTests {

    private static final CelExpressionCompiler COMPILER = new CelExpressionCompiler();

    @Test
    void trueGivesTheEffectAndFalseAbstains() {
        ActionPolicy block = compile(Effect.BLOCK, "args.amount > 500");
        ActionPolicy ask = compile(Effect.ASK, "args.amount > 500");

        assertThat(block.judge(request("a.b", "amount", 501))).isEqualTo(Verdict.block("p", "reason"));
        assertThat(ask.judge(request("a.b", "amount", 501))).isEqualTo(Verdict.ask("p", "reason"));
        assertThat(block.judge(request("a.b", "amount", 500))).isEqualTo(Verdict.abstain("p"));
        assertThat(block.name()).isEqualTo("p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "args.text.size() == 11",
                "args.text.matches('^Hel+o')",
                "args.text.lowerAscii() == 'hello world'",
                "args.text.startsWith('Hello')",
                "args.whole > 41",
                "args.whole == 42.0",
                "args.half < 1",
                "args.big > 1",
                "args.bignumber > 9223372036854775807.0",
                "args.decimal == 1.5",
                "args.nothing == null",
                "args.list.exists(x, x == 2)",
                "2 in args.list",
                "args.list.size() == 3",
                "args.map.inner.deep == 'x'",
                "args.map.all(k, k != 'zzz')",
                "has(args.text)",
                "!has(args.missing)",
                "args.flag",
                "args['text'] == args.text",
                "args.nulls[0] == null",
                "args.map.none == null",
                "action.name == 'files.touch.it'",
                "action.system == 'files.touch'",
                "action.reversibility == 'IRREVERSIBLE'",
                "actor.id == 'anonymous'",
                "actor.roles.size() == 0",
                "actor.agent == null",
                "resource == null",
                "run.name == null",
                "run.id.size() == 36",
                "now > timestamp('2026-01-01T00:00:00Z')",
                "now.getFullYear() == 2026",
                "args.missing > 1 || args.whole == 42",
                "args.text.split(' ').size() == 2",
                "duration('1h') < duration('2h')"
            })
    void variablesAndFunctionsAreThere(String expression) {
        ActionRequest request = request(
                "files.touch.it",
                "text",
                "Hello world",
                "whole",
                42,
                "half",
                0.5f,
                "big",
                BigInteger.TWO,
                "bignumber",
                BigInteger.TEN.pow(40),
                "decimal",
                new BigDecimal("1.50"),
                "nothing",
                null,
                "list",
                List.of(1, 2, 3),
                "nulls",
                Collections.singletonList(null),
                "map",
                nested(),
                "flag",
                true);

        assertThat(compile(Effect.BLOCK, expression).judge(request)).isEqualTo(Verdict.block("p", "reason"));
    }

    private static Map<String, Object> nested() {
        Map<String, Object> map = new java.util.HashMap<>();
        map.put("inner", Map.of("deep", "x"));
        map.put("none", null);
        return map;
    }

    @Test
    void resourceActorAndRunAreSeenWhenKnown() {
        ActionPolicy policy = compile(
                Effect.BLOCK,
                "resource.type == 'file' && resource.id == 'a' && 'dev' in actor.roles && run.name == 'nightly'");

        assertThat(policy.judge(on(new ResourceRef("file", "a"))).effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void theEffectIsSeenWhenItIsMeasuredAndIsNothingBefore() {
        ActionPolicy many = compile(Effect.BLOCK, "effect.rows > 2");
        ActionPolicy orders = compile(Effect.BLOCK, "'a.orders' in effect.tables && effect.tables['a.orders'] > 2");
        ActionRequest request = request("a.b");
        ActionRequest measured = request.with(new ActionEffect(Map.of("a.orders", 3L), List.of()));
        ActionRequest unmeasured = request.with(new ActionEffect(Map.of(), List.of("a.orders")));

        assertThat(many.judge(request).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(many.judge(measured).effect()).isEqualTo(Effect.BLOCK);
        assertThat(many.judge(unmeasured).reason()).contains("does not have");
        assertThat(orders.judge(request).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(orders.judge(measured).effect()).isEqualTo(Effect.BLOCK);
        assertThat(compile(Effect.BLOCK, "size(effect.unmeasured) > 0")
                        .judge(unmeasured)
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "args.missing > 1                              | does not have",
                "args.list[9] == 1                             | does not have",
                "args.text > 3                                 | another type",
                "args.text.size() < args.list                  | another type",
                "args.text                                     | yes or no",
                "args.whole / 0 == 1                           | calculated",
                "int(args.text) == 1                           | another type",
                "args.text.matches(args.pattern)               | another type",
                "args.rows.exists(x, args.rows.exists(y, x + y < 0)) | more values"
            })
    void whatCannotBeEvaluatedBlocksAlsoWhenItWouldAsk(String expression, String why) {
        ActionRequest request = request(
                "a.b",
                "text",
                "secret-value",
                "whole",
                1,
                "pattern",
                "(?=look)",
                "list",
                List.of(1),
                "rows",
                IntStream.range(0, 1000).boxed().toList());

        for (Effect effect : List.of(Effect.ASK, Effect.BLOCK)) {
            Verdict verdict = compile(effect, expression).judge(request);
            assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
            assertThat(verdict.policy()).isEqualTo("p");
            assertThat(verdict.reason()).contains(why).doesNotContain("secret-value");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "arg.amount > 500            | 'arg', which does not exist (line 1, column 1) | Variables are",
                "args.amount >               | not valid CEL                                  | Correct it",
                "args.amount + 1             | must be true or false                          | Compare",
                "'a' > 1                     | '>' on '(string, int)'                         | convert",
                "frobnicate(1)               | 'frobnicate', which does not exist             | Variables are",
                "args.x = 1                  | not valid CEL                                  | equality is ==",
                "actor.role == 'x'           | actor.role, which does not exist               | roles",
                "effect.row > 1              | effect.row, which does not exist               | rows",
                "action.nmae == 'x'          | action.nmae                                    | name",
                "args.a.matches('(?=x)')     | regular expression (line 1, column 16)         | RE2",
                "matches(args.a, '(')         | regular expression                             | RE2",
                "now > timestamp('tomorrow') | not valid CEL                                  | Correct it",
                "T(java.lang.Runtime)        | 'T', which does not exist                      | Variables are",
                "''                          | must be true or false                          | Compare"
            })
    void mistakesAreToldInWordsWithTheirPlace(String expression, String description, String action) {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> compile(Effect.BLOCK, expression))
                .satisfies(ex -> {
                    assertThat(ex.getDescription())
                            .startsWith("enact.policies[7]: ")
                            .contains(description);
                    assertThat(ex.getAction()).contains(action);
                });
    }

    @Test
    void hugeAndDeepExpressionsAreRefused() {
        for (String expression : List.of(
                "true || ".repeat(10_000) + "true",
                "(".repeat(3_000) + "true" + ")".repeat(3_000),
                "!".repeat(9_000) + "true",
                "[".repeat(4_000) + "]".repeat(4_000) + " == []",
                "args" + ".a".repeat(4_000) + " == 1 || " + "-".repeat(1_000) + "1 == 1")) {
            assertRefusedOrHarmless(expression);
        }
    }

    private static void assertRefusedOrHarmless(String expression) {
        try {
            Verdict verdict = compile(Effect.BLOCK, expression).judge(request("a.b"));
            assertThat(verdict).isNotNull();
        } catch (PolicyConfigurationException ex) {
            assertThat(ex.getDescription()).hasSizeLessThan(600);
        }
    }

    @Test
    void onlyAskAndBlockCanBeCompiled() {
        assertThatIllegalArgumentException().isThrownBy(() -> compile(Effect.PASS, "true"));
    }

    @Test
    void hugeTextIsReadAsLongAsThatIsCheap() {
        ActionPolicy policy = compile(Effect.BLOCK, "args.text.matches('a+b')");

        assertThat(policy.judge(request("a.b", "text", "a".repeat(1_000_000))).effect())
                .isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void onePolicyServesManyThreads() throws Exception {
        ActionPolicy policy = compile(Effect.BLOCK, "args.amount > 500 && args.text.matches('x+')");
        List<Boolean> right = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int amount = t * 150;
            Thread thread = new Thread(() -> {
                boolean all = true;
                for (int i = 0; i < 2_000; i++) {
                    Effect effect = policy.judge(request("a.b", "amount", amount, "text", "xx"))
                            .effect();
                    all &= effect == ((amount > 500) ? Effect.BLOCK : Effect.ABSTAIN);
                }
                right.add(all);
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(right).hasSize(8).containsOnly(true);
    }

    @Test
    void anExpressionThatMayAbstainOnErrorDoesSo() {
        ActionPolicy policy = COMPILER.compile(
                "p", Effect.BLOCK, "args.amount > 500", "reason", OnError.ABSTAIN, "enact.policies[0]");

        assertThat(policy.judge(request("a.b"))).isEqualTo(Verdict.abstain("p"));
        assertThat(policy.judge(request("a.b", "amount", 501)).effect()).isEqualTo(Effect.BLOCK);
    }

    private static ActionPolicy compile(Effect effect, String expression) {
        return COMPILER.compile("p", effect, expression, "reason", OnError.BLOCK, "enact.policies[7]");
    }
}
