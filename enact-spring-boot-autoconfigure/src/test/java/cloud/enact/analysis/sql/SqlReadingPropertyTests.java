package cloud.enact.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any text. */
class SqlReadingPropertyTests {

    private final SqlAnalyzer analyzer = new SqlAnalyzer();

    @Property(tries = 2000)
    void anyTextHasFacts(@ForAll("texts") String text) {
        for (SqlFacts facts : List.of(
                this.analyzer.analyze(text),
                this.analyzer.condition(text),
                this.analyzer.tables(text),
                this.analyzer.names(text))) {
            assertThat(facts.problems()).doesNotContainNull();
            assertThat(facts.understood()).isEqualTo(facts.problems().isEmpty());
        }
        assertThat(this.analyzer.condition(text, text)).isNotNull();
        this.analyzer.beginsStatement(text);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void whatTheGrammarReadsIsSplitAsItDoes(@ForAll long seed) {
        String text = new SqlTexts(seed).next();
        SqlFacts facts = this.analyzer.analyze(text);
        SecondReading.Opinion opinion = SecondReading.GRAMMAR.read(text);

        if (opinion != null && facts.understood()) {
            assertThat(facts.statements()).as(text).hasSameSizeAs(opinion.firstWords());
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsUnderstoodStaysSoBehindASemicolon(@ForAll long seed) {
        String text = new SqlTexts(seed).next();
        SqlFacts facts = this.analyzer.analyze(text);
        SqlFacts twice = this.analyzer.analyze(text + "\n;\n" + text);

        if (facts.understood() && twice.understood()) {
            assertThat(twice.statements())
                    .as(text)
                    .hasSize(2 * facts.statements().size());
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(seed -> new SqlTexts(seed).next()),
                Arbitraries.longs().map(seed -> new SqlTexts(seed).soup()),
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings()
                        .withChars("'\"`$[](){};-/*#\\:@?.,abeqxuU&\n\r\t 01\u00A0\uD800\u0000")
                        .ofMaxLength(40));
    }
}
