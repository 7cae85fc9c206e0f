package cloud.enact.policy.builtin.codingagent;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.shell.ShellAnalyzer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How rows of a table tell one call from another. */
class CallRowsTests {

    private static final CallRows ROWS = new CallRows("""
            always
            tool other : read ; item,document get ; set-* ; *=0 ; *part* ; show $secret
            ship : up $production
            forced : apply --force ; apply --count=0 ; -D ; drop !--dry-run !now
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "always",
                "always whatever",
                "tool read x",
                "other --profile p READ x",
                "npx tool@1.2 read",
                "pnpm exec tool read",
                "/usr/bin/tool.sh document --vault v get x",
                "tool set-owner",
                "tool web=0",
                "tool apartment",
                "tool show DB_PASSWORD",
                "forced apply x --force",
                "forced --force=true apply",
                "forced apply --count 0",
                "forced apply --count=0",
                "forced -D",
                "forced drop x",
                "sudo forced drop x",
                "ship up -n prod",
                "ship up --file=values-Production.yaml",
            })
    void whatARowSaysHolds(String command) {
        assertThat(holds(command)).as(command).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ship up -n products",
                "ship down -n prod",
                "always --help",
                "tool",
                "tool get item",
                "tool set",
                "tool web=1",
                "tool show bucket_name",
                "forced apply",
                "forced apply --count 1",
                "forced apply --forced",
                "forced -d",
                "forced drop --dry-run x",
                "forced drop NOW",
                "unknown read",
                "npx other-tool read",
            })
    void anythingElsePasses(String command) {
        assertThat(holds(command)).as(command).isFalse();
    }

    private static boolean holds(String command) {
        return new ShellAnalyzer().analyze(command).commands().stream().anyMatch(ROWS::hold);
    }
}
