package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnactCliTests extends CliFixture {

    @Test
    void theSecretIsNeverTakenFromTheCommandLineAndNeverPrinted() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        this.environment.clear();

        assertThat(enact("receipts", "verify", "--secret", Workshop.SECRET).status())
                .isEqualTo(2);
        assertThat(enact("rollback", "run", run, "--reason", "wrong").err())
                .contains("ENACT_SECRET is not set")
                .hasLineCount(1);
        this.environment.put("ENACT_SECRET", "short");
        assertThat(enact("rollback", "run", run, "--reason", "wrong").err())
                .contains("ENACT_SECRET can't be used")
                .doesNotContain("short");
    }

    @Test
    void onlyTheCommandItselfServesPages() throws Exception {
        assertThat(EnactCli.serves("console")).isTrue();
        assertThat(EnactCli.serves("--file", "store.db", "console", "--port", "0"))
                .isTrue();
        assertThat(EnactCli.serves("report", "observe", "--agent", "console")).isFalse();
        assertThat(EnactCli.serves("receipts", "list", "--action", "console")).isFalse();
        assertThat(EnactCli.serves()).isFalse();
        // a command that is not among them would be taken for a value
        assertThat(enact("--help").out().lines().filter(line -> line.matches("  [a-z]+ .*")))
                .extracting(line -> line.strip().split(" ")[0])
                .containsExactlyInAnyOrderElementsOf(EnactCli.COMMANDS);
    }

    @Test
    void anUnknownRunIsAProblem() throws Exception {
        workshop().close();
        String unknown = "01890a5d-ac96-774b-bcce-b302099a8057";

        assertThat(enact("receipts", "show", unknown))
                .isEqualTo(new Result(
                        1,
                        "",
                        "No run " + unknown + " is on record. Check the id; the list of receipts names runs."
                                + System.lineSeparator()));
        assertThat(enact("receipts", "export", "--run", unknown).status()).isEqualTo(1);
        assertThat(enact("receipts", "verify", "--run", unknown).status()).isEqualTo(1);
        assertThat(enact("rollback", "preview", unknown).status()).isEqualTo(1);
        assertThat(enact("rollback", "run", unknown, "--reason", "wrong").status())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "receipts",
                "rollback",
                "nonsense",
                "receipts list --limit 0",
                "receipts list --limit x",
                "receipts list --kind EVERYTHING",
                "receipts list --since yesterday",
                "receipts show ../../etc/passwd",
                "receipts verify /no/such/file",
                "rollback run 01890a5d-ac96-774b-bcce-b302099a8057",
                "rollback run 42 --reason wrong",
                "rollback run 01890a5d-ac96-774b-bcce-b302099a8057 --reason wrong --skip a,b"
            })
    void wrongUsageIsAnsweredWithOneSentence(String line) throws Exception {
        workshop().close();

        Result result = enact((Object[]) line.split(" ", -1));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        assertThat(enact("receipts", "list").status()).isEqualTo(2);
        assertThat(enact("receipts", "list").err())
                .contains("There is no receipt store")
                .hasLineCount(1);
        assertThat(this.file.getParent()).doesNotExist();
    }

    @Test
    void helpAndVersionAreFine() {
        assertThat(plain("--help").out()).contains("receipts", "rollback", "--store");
        assertThat(plain("receipts", "verify", "--help").out()).contains("--run", "--store");
        assertThat(plain("--version").out()).startsWith("enact");
        assertThat(plain("rollback", "run", "--help").status()).isZero();
    }
}
