package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellAnalyzerTests {

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @Test
    void commandIsItsWordsAndFlags() {
        ShellCommand command = only("sudo -u root /bin/rm -rf --no-preserve-root=yes -- -x /", "rm");

        assertThat(command.argv()).containsExactly("/bin/rm", "-rf", "--no-preserve-root=yes", "--", "-x", "/");
        assertThat(command.flags()).containsExactly("r", "f", "no-preserve-root");
        assertThat(command.wrappers()).containsExactly("sudo");
        assertThat(command.depth()).isEqualTo(1);
        assertThat(command.dynamic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf /",
                "r\\m -r'f' \"/\"",
                "'rm' -rf /",
                "$'\\x72m' -rf /",
                "rm \\\n -rf \\\n /",
                "{rm,-rf,/}",
                "rm${IFS}-rf${IFS}/",
                "X=rm; $X -rf /",
                "a=r; b=m; $a$b -rf /",
                "CMD='rm -rf /'; $CMD",
                "IFS=_; X=rm_-rf_/; $X",
                "A=(rm -rf /); \"${A[@]}\"",
                "export X=rm && $X -rf /",
                "$(echo rm) -rf /",
                "$(printf '\\x72m') -rf /",
                "`echo rm` -rf /",
                "eval 'rm -rf /'",
                "echo 'rm -rf /' | sh",
                "printf '%s -rf /' rm | sudo bash",
                "echo cm0gLXJmIC8K | base64 -d | sh",
                "echo 'echo \"rm -rf /\" | sh' | bash",
                "sh <<EOF\nrm -rf /\nEOF",
                "sh <<< 'rm -rf /'",
                "cat > x.sh <<EOF\nrm -rf /\nEOF\nbash ./x.sh",
                "echo 'rm -rf /' > x.sh; chmod +x x.sh; ./x.sh",
                "alias x='rm -rf'; x /",
                "f() { rm -rf \"$1\"; }; f /",
                "bash -c 'rm -rf \"$1\"' _ /",
                "for d in /; do rm -rf $d; done",
                "if true; then rm -rf /; fi",
                "while :; do rm -rf /; done",
                "case $1 in start) rm -rf /;; esac",
                "[[ -n $(rm -rf /) ]]",
                "echo ${x:-$(rm -rf /)}",
                "echo $(( $(rm -rf /) + 1 ))",
                "cat <<EOF\n$(rm -rf /)\nEOF",
                "trap 'rm -rf /' EXIT",
                "coproc rm -rf /",
                "(rm -rf /) &",
                "! rm -rf /",
                "$SUDO rm -rf /",
                "su -c 'rm -rf /'",
                "a[$(rm -rf /)]=x",
                "x[ # ]; rm -rf /",
                "((rm -rf /))",
                "a=(rm -rf); a+=(/); \"${a[@]}\"",
                "set -- rm -rf /; \"$@\"",
                "n=xrm; ${n:1} -rf /",
                "$(which rm) -rf /",
                "$SHELL -c 'rm -rf /'",
                "ssh host <<EOF\nrm -rf /\nEOF",
                "sudo -s <<EOF\nrm -rf /\nEOF",
                "{ curl x; echo 'rm -rf /'; } | sh",
                "base64 -d <<< cm0gLXJmIC8K | bash",
                "echo 726d202d7266202f | xxd -r -p | sh",
                "printf 'rm -rf /' | xargs -0 bash -c",
                "nc -e 'rm -rf /' host 1",
                "hash -p /bin/rm ls; ls -rf /",
                "make -f - <<EOF\nall:\n\t@rm -rf /\nEOF",
                "cat <<A | sh\nx\n`rm -rf /`\nA",
                "echo $(cat <<EOF\nx\nEOF); rm -rf /",
                "timeout 5 nice -n 3 rm -rf /",
            })
    void commandIsFoundHoweverItIsWritten(String text) {
        ShellFacts facts = this.analyzer.analyze(text);

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.commands()).anySatisfy(command -> {
            assertThat(command.name()).isEqualTo("rm");
            assertThat(command.dynamic()).isFalse();
            assertThat(command.arguments()).contains(ShellWord.of("/"));
            assertThat(command.hasFlag("r")).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'rm -rf /'",
                "echo \"done; rm -rf /\"",
                "# rm -rf /",
                "git commit -m 'rm -rf /'",
                "cat <<'EOF'\nrm -rf /\n$(rm -rf /)\nEOF",
                "grep 'rm -rf' x | wc -l",
                "command -v rm",
                "X='rm -rf /'; echo \"$X\"",
            })
    void textThatOnlyMentionsACommandIsNone(String text) {
        ShellFacts facts = this.analyzer.analyze(text);

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.commands()).extracting(ShellCommand::name).doesNotContain("rm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$X -rf /",
                "X=$(curl x); $X",
                "if a; then X=rm; else X=ls; fi; $X /",
                "/bin/r? x",
                "eval \"$(curl x)\"",
                "read X; $X",
                "for i in 1 2; do $X -rf /; X=rm; done",
                "X=ls; for i in 1 2; do $X /; X=rm; done",
                "X=rm; f() { local X=ls; }; f; $X /",
                "X=ls; eval \"$Y\"; $X /",
                "X=ls; declare -n r=X; $X /",
                "X=ls; [ $1 ] && X=rm; $X /",
                "X=ls; . ./x; $X /",
                "curl x | sh",
                "cat <<EOF | sh\n$x\nEOF",
            })
    void programThatOnlyTheRunKnowsIsDynamic(String text) {
        assertThat(this.analyzer.analyze(text).commands()).anyMatch(ShellCommand::dynamic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if x; then", "echo 'x", "echo \"x", "echo $(x", "ls; ; ls", "(ls", "ls)", "{ ls", "case x in a) ls",
                "for x in a b", "ls &&", "| ls", "[[ a b ]]", "echo ${x", "f() ls", "echo a(b)", "done", "sh -c 'if'",
                "rm\0-rf"
            })
    void whatCannotBeReadIsAProblem(String text) {
        assertThat(this.analyzer.analyze(text).understood()).isFalse();
    }

    @Test
    void commandsBeforeAnErrorAreKnown() {
        ShellFacts facts = this.analyzer.analyze("rm -rf /\nif");

        assertThat(facts.understood()).isFalse();
        assertThat(facts.commands()).extracting(ShellCommand::name).containsExactly("rm");
    }

    @Test
    void pipelinesNameTheirMembers() {
        assertThat(pipelines("curl x | sh")).containsExactly(List.of("curl", "sh", "\u2026"));
        assertThat(pipelines("curl x | sudo bash")).containsExactly(List.of("curl", "sudo", "bash", "\u2026"));
        assertThat(pipelines("bash <(curl x)")).containsExactly(List.of("curl", "bash"));
        assertThat(pipelines("sh -c \"$(curl x)\"")).containsExactly(List.of("curl", "sh"));
        assertThat(pipelines("tee >(sh)")).contains(List.of("tee", "sh", "\u2026"));
        assertThat(pipelines("echo $(curl x) && sh")).isEmpty();
    }

    private List<List<String>> pipelines(String text) {
        ShellFacts facts = this.analyzer.analyze(text);
        return facts.pipelines().stream()
                .map(members -> members.stream()
                        .map(index -> facts.commands().get(index).name())
                        .toList())
                .toList();
    }

    @Test
    void redirectionsAndAssignmentsBelongToTheirCommand() {
        ShellCommand command = only("LD_PRELOAD=$X sort < in.txt >> 'out file' 2>&1", "sort");

        assertThat(command.assignments()).isEqualTo(Map.of("LD_PRELOAD", new ShellWord("$X", true, false)));
        assertThat(command.redirections())
                .containsExactly(
                        new Redirection("<", ShellWord.of("in.txt")),
                        new Redirection(">>", ShellWord.of("out file")),
                        new Redirection(">&", ShellWord.of("1")));
    }

    private ShellCommand only(String text, String name) {
        return this.analyzer.analyze(text).commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
