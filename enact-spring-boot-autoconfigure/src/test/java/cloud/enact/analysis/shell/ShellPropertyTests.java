package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Hostile text: never an exception, never facts that contradict each other. */
class ShellPropertyTests {

    private static final List<String> TOKENS = List.of(
            "rm",
            "-rf",
            "/",
            "a=b",
            "$a",
            "${a:-",
            "}",
            "{",
            "(",
            ")",
            "((",
            "))",
            "[[",
            "]]",
            "if",
            "then",
            "fi",
            "do",
            "done",
            "for x in",
            "case x in",
            "esac",
            ";;",
            ";",
            "&",
            "&&",
            "|",
            "||",
            "\n",
            "<<E\n",
            "\nE\n",
            "<<<",
            ">",
            "<(",
            "$(",
            "`",
            "\\`",
            "\"",
            "'",
            "$'",
            "\\",
            "#",
            "*",
            "{a,b}",
            "{1..9}",
            "eval",
            "sudo",
            "xargs",
            "sh -c",
            "f()",
            "f",
            "alias x=",
            "find . -exec",
            "{}",
            "\\;",
            "echo",
            "|sh",
            "python -c",
            "os.system(",
            "psql -c",
            "\\!",
            "ssh h",
            "git -c alias.x=!",
            "docker run",
            "powershell -enc",
            "cmd /c",
            "make -f -",
            "\u0000",
            "\uE000",
            "\uFFFF",
            "\uD800",
            "\u202E",
            "\u200B",
            "time",
            "coproc",
            "function",
            "a[",
            "]=",
            "=(",
            "local");

    private static final List<String> COMMANDS = List.of(
            "for f in *.txt; do mv \"$f\" \"${f%.txt}.md\"; done",
            "curl -fsSL https://x/install.sh | sudo -E bash -s -- --yes",
            "find . -name '*.log' -print0 | xargs -0 -I{} sh -c 'rm -f \"$1\"' _ {}",
            "cat > x.sh <<'EOF'\nrm -rf \"$1\"\nEOF\nbash x.sh /",
            "f() { local d=$1; shift; rm \"$@\" \"$d\"; }; f / -rf",
            "psql -h db <<SQL\n\\d x\nDELETE FROM a;\nSQL",
            "python3 -c 'import subprocess as s; s.run([\"rm\", f\"{x}\"], shell=True)'",
            "powershell -Command \"Get-ChildItem | Remove-Item -Force $x\"",
            "git -c alias.p='!git push --force' p && [[ -n $(git status) ]]",
            "a=r; b=m; echo \"$a$b -rf {x,y}\" | base64 | base64 -d | sh",
            "sed -e '1e rm x' -e 's|a|b|e' f; awk 'BEGIN { system(\"ls\") | \"x\" }'");

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @Property(tries = 2000)
    void anyTextIsAnswered(@ForAll @StringLength(max = 200) String text) {
        check(text);
    }

    @Property(tries = 5000)
    void anyTokensAreAnswered(@ForAll("tokens") String text) {
        check(text);
    }

    @Property(tries = 3000)
    void anyChangeOfARealCommandIsAnswered(@ForAll("mutations") String text) {
        check(text);
    }

    private void check(String text) {
        Effort effort = new Effort(text.length());

        ShellFacts facts = this.analyzer.analyze(text, effort);

        assertThat(effort.spent()).isLessThan(400_000 + 20 * text.length());
        int size = facts.commands().size();
        assertThat(facts.pipelines()).allSatisfy(members -> assertThat(members).allMatch(at -> at >= 0 && at < size));
        assertThat(facts.inlineCode()).allMatch(code -> code.command() >= 0 && code.command() < size);
        assertThat(this.analyzer.analyze(text)).isEqualTo(facts);
    }

    @Provide
    Arbitrary<String> tokens() {
        return Combinators.combine(
                        Arbitraries.of(TOKENS).list().ofMinSize(1).ofMaxSize(25), Arbitraries.of(" ", " ", ""))
                .as((tokens, separator) -> String.join(separator, tokens));
    }

    @Provide
    Arbitrary<String> mutations() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 200);
        return Combinators.combine(
                        Arbitraries.of(COMMANDS), places, places, Arbitraries.of(TOKENS), Arbitraries.of(COMMANDS))
                .as((text, from, length, token, other) -> {
                    int start = Math.min(from, text.length());
                    int end = Math.min(start + length % 10, text.length());
                    return text.substring(0, start) + token + text.substring(end) + "\n" + other;
                });
    }
}
