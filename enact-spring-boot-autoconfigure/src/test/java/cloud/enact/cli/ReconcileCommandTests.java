package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReconcileCommandTests extends CliFixture {

    /** A run whose application died before it could say what came of it. */
    private RunId died() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId run = workshop.run();
            workshop.begins(run, files -> files.writeFile("note.txt", "new"));
            return run;
        }
    }

    @Test
    void aRunInDoubtIsListedLookedAtAndSettledWithoutTheApplication() throws Exception {
        RunId run = died();

        Result listed = enact("receipts", "in-doubt");
        assertThat(listed.status()).isEqualTo(1);
        assertThat(listed.out()).contains(run.toString(), "files.work", "1 action is in doubt");
        assertThat(enact("receipts", "in-doubt", "--json")
                        .json()
                        .get("in_doubt")
                        .asInt())
                .isEqualTo(1);

        Result looked = enact("reconcile", run);
        assertThat(looked.status()).isEqualTo(1);
        assertThat(looked.out()).contains("DONE", "filesystem.write_file", "Nothing was written");

        Result settled = enact("reconcile", run, "--outcome", "probe");
        assertThat(settled.status()).isZero();
        assertThat(settled.out()).contains("completed", "RECONCILED: What was in doubt of run " + run);
        assertThat(enact("receipts", "in-doubt").out()).contains("Nothing is in doubt");
        assertThat(enact("receipts", "verify").status()).isZero();
        assertThat(enact("receipts", "list", "--kind", "RECONCILED").out()).contains(System.getProperty("user.name"));

        Result again = enact("reconcile", run, "--outcome", "probe", "--json");
        assertThat(again.status()).isZero();
        assertThat(again.json().get("in_doubt").asInt()).isZero();
    }

    @Test
    void aWordAgainstWhatLookingSaysNeedsForce() throws Exception {
        RunId run = died();

        Result refused = enact("reconcile", run, "--outcome", "not_done", "--reason", "I am sure");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("REFUSED", "looking says DONE");

        Result forced = enact("reconcile", run, "--outcome", "not_done", "--reason", "I am sure", "--force", "--json");
        assertThat(forced.status()).isZero();
        assertThat(forced.json().get("actions").get(0).get("outcome").asString())
                .isEqualTo("not_done");
    }

    @Test
    void whatALivingApplicationMayBeRunningIsLeftAlone() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId run = workshop.run();
            workshop.begins(run, files -> files.writeFile("note.txt", "new"));

            assertThat(enact("receipts", "in-doubt").out()).contains("Nothing is in doubt");
            Result looked = enact("reconcile", run, "--outcome", "dismissed", "--reason", "never mind");

            assertThat(looked.out()).contains("Nothing of run " + run + " is in doubt");
            assertThat(enact("receipts", "list", "--kind", "RECONCILED").out()).isEmpty();
        }
    }

    @Test
    void rollingARunInDoubtBackSettlesIt() throws Exception {
        RunId run = died();
        Path note = this.folder.resolve("work").resolve("note.txt");
        assertThat(note).exists();

        assertThat(enact("rollback", "run", run, "--reason", "it died").status())
                .isZero();

        assertThat(note).doesNotExist();
        assertThat(enact("receipts", "in-doubt").status()).isZero();
    }

    @Test
    void alteredReceiptsSettleNothing() throws Exception {
        RunId run = died();
        tamper(
                "DROP TRIGGER receipt_entry_no_update",
                "UPDATE receipt_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'agent@', 'angel@') AS BLOB)"
                        + " WHERE kind = 'DECIDED'");

        Result refused = enact("reconcile", run, "--outcome", "probe");

        assertThat(refused.status()).isNotZero();
        assertThat(enact("receipts", "list", "--kind", "RECONCILED").out()).isEmpty();
        assertThat(Files.exists(this.file)).isTrue();
    }

    @Test
    void mistakesAreSaidAndLeaveNothing() throws Exception {
        RunId run = died();

        assertThat(enact("reconcile", run, "--outcome", "perhaps").err()).contains("'outcome' is one of");
        assertThat(enact("reconcile", run, "--outcome", "completed").err()).contains("'reason' is needed");
        assertThat(enact("reconcile", "no-run", "--outcome", "probe").status()).isEqualTo(2);
        assertThat(enact("reconcile", "01890a5d-ac96-774b-bcce-b302099a8057", "--outcome", "probe")
                        .status())
                .isEqualTo(1);
        assertThat(enact("receipts", "in-doubt").status()).isEqualTo(1);
    }
}
