package cloud.enact.policy.cerbos.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.cel.CelValues;
import cloud.enact.policy.cerbos.document.Located;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions and values of expressions, as the released engine has them unless a test says otherwise. */
class CerbosExpressionsTests {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final CerbosExpressions expressions = new CerbosExpressions();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // numbers of requests are doubles, and written as short as they can be
                "G.n == 3 && G.n in [3] && 3 in G.list && G.list[G.n - 1.0] == 3 && string(G.n) == '3'",
                "string(2.5) == '2.5' && string(1e21) == '1e+21' && string(0.00001) == '1e-05' && string(true) == 'true'",
                "G.list == [1, 2, 3] && G.m == {'k': 'v'} && G.nothing == null",
                "'%s %d %s'.format([G.n, G.n, [1, 2.5, 'a', true, null]]) == '3 3 [1, 2.5, a, true, null]'",
                "'%.2f %e %x %X %b %o %%'.format([3.14159, 12345.678, 255, 'hi', 5, 8]) == '3.14 1.234568e+04 ff 6869 101 10 %'",
                "'%s'.format([{'b': 1, 'a': [2]}]) == '{a: [2], b: 1}'",
                "json.encode({'b': G.n, 'a': [true, null, 'x\\n']}) == '{\"a\":[true,null,\"x\\\\n\"],\"b\":3}'",
                "id(G.m) == G.m",
                // time
                "now() == timestamp('2026-11-20T12:00:00Z') && timestamp('2026-11-20T11:00:00Z').timeSince() == duration('1h')",
                "timeSince(timestamp('2026-11-20T11:59:59.5Z')).getMilliseconds() == 500",
                "duration('1h30m').getMilliseconds() == 5400000 && timestamp('2026-01-01T00:00:00.25Z').getMilliseconds() == 250",
                "string(timestamp('2026-01-01T00:00:00.250Z')) == '2026-01-01T00:00:00.25Z' && string(duration('90s')) == '90s'",
                // lists as sets; other than in the released engine 3 and 3.0 are one element
                "hasIntersection(G.list, [3, 9]) && !G.list.has_intersection([9])",
                "intersect(G.list, [9, 2, 3, 7]) == [2, 3] && G.list.except([2]) == [1, 3]",
                "G.list.isSubset([1, 2, 3, 4]) && !is_subset([4], G.list)",
                "G.people.sortBy(p, p.age).map(p, p.name) == ['bob', 'ann'] && G.list.sortBy(x, -x) == [3, 2, 1]",
                // hierarchies
                "hierarchy('a.b').ancestorOf(hierarchy('a.b.c')) && hierarchy('a.b.c').descendentOf(hierarchy('a'))",
                "hierarchy('a:b', ':').size() == 2 && hierarchy(['a', 'b'])[1] == 'b'",
                "!hierarchy('a').ancestorOf(hierarchy('ab')) && !hierarchy('a').ancestorOf(hierarchy('a'))",
                "hierarchy('a.b.c').commonAncestors(hierarchy('a.b.c')) == hierarchy('a.b')",
                "hierarchy('a.x').siblingOf(hierarchy('a.y')) && hierarchy('a').immediateParentOf(hierarchy('a.b'))",
                // addresses
                "'10.1.2.3'.inIPAddrRange('10.0.0.0/8') && !'11.1.2.3'.inIPAddrRange('10.0.0.0/8')",
                "'::ffff:10.1.2.3'.inIPAddrRange('10.0.0.0/8') && '10.1.2.3'.inIPAddrRange('::ffff:10.0.0.0/104')",
                "!'10.1.2.3'.inIPAddrRange('::/0') && '10.1.2.3'.inIPAddrRange('0.0.0.0/0')",
                "isIP('::1') && isIP('1.2.3.4') && !isIP('1.2.3') && !isIP('01.2.3.4') && !isIP('::1%eth0') && !isIP('1::2::3')",
                "isCIDR('::1/128') && !isCIDR('::1/129') && !isCIDR('1.2.3.4/33') && !isCIDR('1.2.3.4')",
                "string(ip('2001:DB8:0:0:0:0:0:1')) == '2001:db8::1' && ip('127.8.8.8').isLoopback()",
                "ip('169.254.0.1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast() && ip('0.0.0.0').isUnspecified()",
                "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))",
                "string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8' && !cidr('10.1.2.3/8').isMask()",
                // paths; other than in the released engine a name that begins with a dot is below its folder, too
                "basePath('/a/b.txt') == 'b.txt' && dirPath('/a/b.txt') == '/a' && extPath('/a/b.tar.gz') == '.gz'",
                "pathHasPrefix('/etc/passwd', '/etc') && !pathHasPrefix('/etcetera', '/etc') && '/a/.env'.pathHasPrefix('/a')",
                "'/x/../etc/passwd'.pathHasPrefix('/etc') && !pathHasPrefix('/a/../etc', '/a') && pathHasPrefix('//etc', '/etc')",
                "pathMatch('/a/b.txt', '/a/*.txt') && !pathMatch('/a/b/c.txt', '/a/*.txt') && 'b7'.pathMatch('[a-c]?')",
                "pathMatchAnyOf('/a/b', ['/x/*', '/a/*']) && joinPath(['/a', '..', 'b']) == '/b' && relPath('/a/b', '/a/c') == '../c'",
                "volumeName('C:\\\\dir') == 'C:' && basePath('C:\\\\dir\\\\f.txt') == 'f.txt' && dirPath('C:\\\\dir\\\\f') == 'C:\\\\dir'",
                // extensions of CEL
                "G.list.all(i, v, v == double(i) + 1.0) && math.greatest(1, 3) == 3 && sets.contains([1, 2], [2])",
                "G.?missing.orValue('x') == 'x' && cel.bind(x, G.n, x + x) == 6 && base64.encode(b'hi') == 'aGk='",
                "'a\\nb'.matches('a.b') == false && 'xxaxx'.matches('a') && regex.replace('banana', 'a', 'i') == 'binini'",
            })
    void functionsGiveWhatIsExpected(String expression) {
        assertThat(evaluate(expression)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G.missing",
                "G.m.k.deeper",
                "G.list[7]",
                "G.text + 1",
                "G.list[0.5]",
                "1 / 0",
                "hierarchy([1])",
                "'x'.inIPAddrRange('10.0.0.0/8')",
                "'10.1.1.1'.inIPAddrRange('10.0.0.0/08')",
                "'%d'.format(['x'])",
                "'%s'.format([])",
                "'%.999f'.format([1.0])",
                "'%y'.format([1])",
                "pathMatch('a', '[a')",
                "relPath('/a', 'b')",
                "G.people.sortBy(p, p)",
                "string(G.list)",
                "lists.range(1000000).all(x, true)",
                "lists.range(1000000000).size() > 3",
                "lists.range(9223372036854775807).size() > 3",
            })
    void whatHasNoValueFailsWithoutSayingWhatItRead(String expression) {
        assertThatExceptionOfType(EvaluationFailure.class)
                .isThrownBy(() -> evaluate(expression))
                .satisfies(failure -> {
                    assertThat(failure.expression()).isEqualTo(expression);
                    assertThat(failure.reason()).doesNotContain("secret").isNotBlank();
                });
    }

    @Test
    void outputsAreWhatJsonKnows() {
        assertThat(plain("{'n': G.n, 'i': 7, 'list': [G.nothing, 'x'], 't': now(), 'd': duration('90s'), 'b': b'hi'}"))
                .isEqualTo(Map.of(
                        "n",
                        3.0,
                        "i",
                        7.0,
                        "list",
                        Arrays.asList(null, "x"),
                        "t",
                        "2026-11-20T12:00:00Z",
                        "d",
                        "90s",
                        "b",
                        "aGk="));
        assertThat(plain("9007199254740993")).isEqualTo("9007199254740993");
        for (String expression : new String[] {"1.0 / 0.0", "{true: 1}.map(k, type(k))[0]"}) {
            assertThatExceptionOfType(EvaluationFailure.class).isThrownBy(() -> plain(expression));
        }
    }

    @Test
    void expressionsSayWhatTheyRead() {
        CerbosExpression expression = compile("V.a && variables.b == C.c && constants.d in [V.a, R.attr.x]");

        assertThat(expression.variables()).containsExactly("a", "b");
        assertThat(expression.constants()).containsExactly("c", "d");
    }

    @Test
    void internalNamesCanNotBeWritten() {
        for (String expression : new String[] {"@now", "@string(1)", "G.x.sortBy(1, 2)"}) {
            assertThatExceptionOfType(PolicyFileException.class).isThrownBy(() -> compile(expression));
        }
    }

    private @Nullable Object plain(String expression) {
        return compile(expression).evaluateToPlain(this::variable, NOW);
    }

    private Object evaluate(String expression) {
        return compile(expression).evaluate(this::variable, NOW);
    }

    private CerbosExpression compile(String expression) {
        return this.expressions.compile(new Located(expression, "test.yaml", 1));
    }

    private @Nullable Object variable(String name) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("n", 3L);
        values.put("text", "secret");
        values.put("list", List.of(1L, 2L, 3L));
        values.put("m", Map.of("k", "v"));
        values.put("nothing", null);
        values.put("people", List.of(Map.of("name", "ann", "age", 40L), Map.of("name", "bob", "age", 30L)));
        return name.equals("G") ? CelValues.DOUBLES.ofMap(values) : null;
    }
}
