package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places where bash runs a command that looks like data. */
class HiddenRunsTests {

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash <(printf 'rm -rf /')",
                "bash < <(echo 'rm -rf /')",
                "source <(echo 'rm -rf /')",
                "bash --rcfile <(echo 'rm -rf /') -i",
                "bash --init-file=<(echo 'rm -rf /') -i",
                "make -f <(printf 'all:\\n\\trm -rf /\\n')",
                "make --eval='$(shell rm -rf /)'",
                "make 'X=$(shell rm -rf /)'",
                "BASH_ENV=<(echo 'rm -rf /') bash -c true",
                "echo 'rm -rf /' > /tmp/x; BASH_ENV=/tmp/x bash -c :",
                "bash /dev/fd/3 3<<< 'rm -rf /'",
                "trap -- 'rm -rf /' 0",
                "PS4='$(rm -rf /)'; set -x; ls",
                "x='$(rm -rf /)'; echo \"${x@P}\"",
                "test -v 'x[$(rm -rf /)]'",
                "[ -v 'x[$(rm -rf /)]' ]",
                "[[ -v 'x[$(rm -rf /)]' ]]",
                "printf -v 'x[`rm -rf /`]' a",
                "read 'x[$(rm -rf /)]' <<< a",
                "let 'x[$(rm -rf /)]'",
                "unset 'x[$(rm -rf /)]'",
                "mapfile -C 'rm -rf / #' -c 1 a < x",
                "complete -C 'rm -rf /' x",
                "npx -c 'rm -rf /'",
                "npm exec --call='rm -rf /'",
                "ls | fzf --preview 'rm -rf /'",
                "/lib64/ld-linux-x86-64.so.2 /bin/rm -rf /",
                "numactl -- rm -rf /",
                "faketime '1 day ago' rm -rf /",
                "gdb --args rm -rf /",
                "nu -c 'rm -rf /'",
            })
    void isFound(String text) {
        assertThat(this.analyzer.analyze(text).commands())
                .anyMatch(
                        command -> command.name().equals("rm") && command.argv().contains("/"));
    }

    @Test
    void anotherNameForAVariableHidesNothing() {
        assertThat(this.analyzer.analyze("declare -n y=x; x=rm; $y -rf /").commands())
                .anyMatch(ShellCommand::dynamic);
    }

    @Test
    void quotedTextOfAHereDocumentStaysData() {
        assertThat(this.analyzer.analyze("cat <<'E'\nx[$(rm -rf /)]\nE").commands())
                .noneMatch(command -> command.name().equals("rm"));
        assertThat(this.analyzer.analyze("test 'x[$(rm -rf /)]' = a").commands())
                .noneMatch(command -> command.name().equals("rm"));
    }
}
