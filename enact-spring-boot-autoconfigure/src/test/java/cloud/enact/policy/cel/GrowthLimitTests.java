package cloud.enact.policy.cel;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.OnError;
import cloud.enact.policy.Verdict;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions make of a call stays small, and is otherwise what CEL says. */
class GrowthLimitTests {

    private static final CelExpressionCompiler COMPILER = new CelExpressionCompiler();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a' + 'b' + ''",
                "b'a' + b'b'",
                "[1, 2] + [3] + []",
                "[1, 2, 3].map(x, [x] + [x])",
                "[1, 2, 3].filter(x, x > 1).map(x, string(x) + '!')",
                "1 + 2",
                "1.5 + 2.5",
                "timestamp('2026-01-01T00:00:00Z') + duration('1h') == timestamp('2026-01-01T01:00:00Z')",
                "'hello hello'.replace('he', 'we')",
                "'hello hello'.replace('he', 'we', 1)",
                "'hello hello'.replace('he', 'we', 0)",
                "'hello hello'.replace('he', 'we', -1)",
                "'hello'.replace('', '_')",
                "'hello'.replace('', '_', 2)",
                "'hello'.replace('', '_', 6)",
                "''.replace('', '_')",
                "'aaa'.replace('aa', 'b')",
                "'x😀y'.replace('', '-')",
                "'hello'.replace('l', '')",
                "'hello'.replace('z', 'y')",
                "['a', 'b'].join()",
                "['a', '', 'b'].join(',')",
                "['', ''].join(',')",
                "[].join(',')",
                "['a'].join('-')"
            })
    void smallThingsAreWhatCelMakesOfThem(String expression) throws Exception {
        CelBuilder plain = CelFactory.standardCelBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings());
        CelBuilder limited = CelFactory.standardCelBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        new GrowthLimit().addTo(limited);

        assertThat(value(limited.build(), expression)).isEqualTo(value(plain.build(), expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['aaaaaaaaaa'DOUBLED].exists(x, x == 'b')",
                "[[1, 2, 3, 4]DOUBLED].exists(x, size(x) == 1)",
                "[b'aaaaaaaaaa'DOUBLED].exists(x, size(x) == 1)",
                "args.text.replace('a', args.text).replace('a', args.text).size() == 1",
                "args.text.replace('', args.text).replace('', args.text).size() == 1",
                "args.list.join(args.text).size() == 1",
                "args.list.map(x, args.text + x).exists(x, x == 'b')"
            })
    void whatGrowsBeyondMeasureBlocksAndFillsNoMemory(String expression) {
        String doubled = expression.replace("DOUBLED]", "]" + ".map(x, x + x)".repeat(40));

        Verdict verdict = compile(doubled)
                .judge(request(
                        "a.b",
                        "text",
                        "a".repeat(20_000),
                        "list",
                        IntStream.range(0, 9_000).mapToObj(String::valueOf).toList()));

        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason()).contains("more values than it may look at, or longer ones");
        assertThat(COMPILER.constant(doubled)).isNull();
    }

    @Test
    void everyEvaluationHasTheWholeAllowance() {
        ActionPolicy policy = compile("(args.text + 'b').endsWith('ab')");

        for (int i = 0; i < 100; i++) {
            assertThat(policy.judge(request("a.b", "text", "a".repeat(1_000_000)))
                            .reason())
                    .isEqualTo("reason");
        }
    }

    @Test
    void manyPathsMayBePutTogether() {
        List<String> files = Collections.nCopies(4_000, "src/main/java/cloud/enact/Enact.java");

        assertThat(compile("args.list.map(f, args.text + '/' + f).all(f, f.startsWith('/work/'))")
                        .judge(request("a.b", "text", "/work/project", "list", files))
                        .reason())
                .isEqualTo("reason");
    }

    private static ActionPolicy compile(String expression) {
        return COMPILER.compile("p", Effect.BLOCK, expression, "reason", OnError.BLOCK, "here");
    }

    private static Object value(Cel cel, String expression) throws Exception {
        return cel.createProgram(cel.compile(expression).getAst()).eval(Map.of());
    }
}
