package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is counted, not timed: it grows with the text and ends. */
class ShellEffortTests {

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf x\n",
                "echo $a \"$b\" ",
                "a=1;",
                "x|",
                "x && ",
                "if x; then y; fi\n",
                "cat <<A\nx\nA\n",
                "echo 'x'|sh;",
                "$(ls) ",
                "`ls` ",
                "{a,b} ",
                "sudo x;",
                "f() { x; };",
                "case x in a) y;; esac;",
                "# x\n",
                "[[ -f x ]];",
                "((i++));",
                "x=(a b);",
                "psql -c 'x';",
                "python -c 'os.system(\"x\")';",
                "${a:-b}",
            })
    void workGrowsWithTheText(String piece) {
        int once = spent(piece.repeat(10_000 / piece.length()) + "x");
        int twice = spent(piece.repeat(20_000 / piece.length()) + "x");

        assertThat(twice).isLessThan(once * 5 / 2);
    }

    private int spent(String text) {
        Effort effort = new Effort(text.length());
        assertThat(this.analyzer.analyze(text, effort).problems()).isEmpty();
        return effort.spent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "((",
                "$(",
                "$((",
                "${a:-",
                "`",
                "\\`",
                "\"",
                "{",
                "{a,",
                "a[",
                "a[$(",
                "@(",
                "eval ",
                "sudo ",
                "xargs ",
                "if x;then ",
                "for i in 1 2 3;do ",
                "<<A ",
                "<(",
                "[[ ( ",
                "a=(",
                "case x in ",
                "f() { ",
                "! ",
                "time ",
                "$\"",
                "coproc ",
                "function f ",
                "a=$a$a;",
                "bash -c '",
            })
    void hundredThousandCharactersComeBack(String piece) {
        String text = "echo x; " + piece.repeat(100_000 / piece.length());

        assertThat(this.analyzer.analyze(text)).isNotNull();
        assertThat(this.analyzer.analyze("echo " + text)).isNotNull();
    }

    @Test
    void tenThousandParenthesesComeBack() {
        ShellFacts facts = this.analyzer.analyze("(".repeat(10_000) + "rm -rf /" + ")".repeat(10_000));

        assertThat(facts.understood()).isFalse();
    }

    @Test
    void longTextIsAProblem() {
        assertThat(this.analyzer.analyze("x".repeat(1_000_000)).understood()).isFalse();
        assertThat(this.analyzer.analyze("x ".repeat(100_000)).understood()).isTrue();
    }

    @Test
    void wordsThatMultiplyAreAProblem() {
        assertThat(this.analyzer.analyze("echo {1..99}{1..99}").understood()).isFalse();
        assertThat(this.analyzer.analyze("echo {1..999999999}").understood()).isFalse();
        assertThat(this.analyzer.analyze("a=xx;" + "a=$a$a;".repeat(40) + "$a").understood())
                .isFalse();
    }

    @Test
    void functionsThatCallEachOtherComeBack() {
        StringBuilder text = new StringBuilder("f0() { x; };");
        for (int i = 1; i < 60; i++) {
            text.append("f" + i + "() { f" + (i - 1) + "; f" + (i - 1) + "; };");
        }

        assertThat(this.analyzer.analyze(text + "f59").understood()).isFalse();
        assertThat(this.analyzer.analyze(":(){ :|:& };:").understood()).isTrue();
    }
}
