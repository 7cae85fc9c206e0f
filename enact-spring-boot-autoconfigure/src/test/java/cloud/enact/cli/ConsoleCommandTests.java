package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleCommandTests extends CliFixture {

    private ServedConsole console(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("console", "--store", this.file.toString(), "--port", "0"));
        args.addAll(List.of(more));
        return ServedConsole.start(this.environment, args.toArray(String[]::new));
    }

    private RunId twoFiles() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.does(files -> files.writeFile("plan.txt", "ship on Friday\n"));
            return workshop.does(files -> files.writeFile("plan.txt", "ship on Monday\n"));
        }
    }

    @Test
    void receiptsAreReadAndVerifiedOnThisMachineWithoutTheApplication() throws Exception {
        RunId run = twoFiles();
        try (ServedConsole console = console()) {
            assertThat(console.address()).matches("http://localhost:\\d+/enact");
            assertThat(console.get("/receipts").body())
                    .contains("files.work", "agent@example.org", "4 of 4 signatures are valid", "Read only");
            assertThat(console.get("/runs/" + run + "/verify").body()).contains("Verified");
            assertThat(console.get("/integrity").body()).contains("Nothing is.");
            assertThat(console.get("/assets/console.css").statusCode()).isEqualTo(200);
            // there is no application that would answer
            assertThat(console.get("/approvals").statusCode()).isEqualTo(404);
            assertThat(console.get("/policies").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void withoutASecretItStillReadsAndSaysThatNothingCouldBeChecked() throws Exception {
        twoFiles();
        this.environment.clear();
        try (ServedConsole console = console()) {
            assertThat(console.get("/receipts").body()).contains("files.work", "Key unknown");
        }
    }

    @Test
    void capturedStateIsShownToWhoHasTheCredentialOnly() throws Exception {
        RunId run = twoFiles();
        try (ServedConsole console = console()) {
            assertThat(console.get("/runs/" + run).body()).doesNotContain("Before and after");

            console.signIn();

            assertThat(console.get("/runs/" + run).body()).contains("Before and after", "console-operator");
        }
    }

    @Test
    void whatTheApplicationHidesByNameIsHiddenHere() throws Exception {
        RunId run = twoFiles();
        try (ServedConsole console = console("--mask", "content")) {
            console.signIn();

            assertThat(console.get("/runs/" + run).body())
                    .contains("Before and after")
                    .doesNotContain("ship on Friday", "ship on Monday");
        }
    }

    @Test
    void nothingIsRolledBackWhereNobodySaidSo() throws Exception {
        RunId run = twoFiles();
        try (ServedConsole console = console()) {
            String token = console.signIn();

            assertThat(console.get("/runs/" + run).body()).doesNotContain("Preview rollback");
            assertThat(console.post("/runs/" + run + "/rollback", Map.of("csrf", token))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(plan()).isEqualTo("ship on Monday\n");
        }
    }

    @Test
    void aRunIsRolledBackByWhoHasSignedIn() throws Exception {
        RunId run = twoFiles();
        try (ServedConsole console = console("--rollback")) {
            assertThat(console.get("/runs/" + run + "/rollback").body()).contains("RESTORED");
            assertThat(console.post("/runs/" + run + "/rollback", Map.of()).statusCode())
                    .isEqualTo(403);
            String token = console.signIn();

            HttpResponse<String> done =
                    console.post("/runs/" + run + "/rollback", Map.of("csrf", token, "reason", "Friday it is"));

            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(done.body()).contains("ROLLED BACK");
            assertThat(plan()).isEqualTo("ship on Friday\n");
            assertThat(console.get("/receipts?actor=console-operator").body()).contains("ROLLED BACK");
        }
    }

    private String plan() throws IOException {
        return Files.readString(this.folder.resolve("work").resolve("plan.txt"));
    }

    @Test
    void theCredentialOfTheApplicationLetsInAndNothingIsWrittenBesideAStoreWithoutOne() throws Exception {
        twoFiles();
        List<Path> before = files();
        try (ServedConsole console = console()) {
            console.signIn();

            assertThat(files()).isEqualTo(before);
        }
        Path credential = this.file.resolveSibling("console-credential");
        try (ServedConsole first = console("--credential-file", credential.toString())) {
            assertThat(first.credential()).isNotEmpty();
            try (ServedConsole second = console()) {
                assertThat(second.lines()).hasSize(1);
                assertThat(second.post("/login", Map.of("credential", first.credential()))
                                .statusCode())
                        .isEqualTo(303);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(this.file.getParent())) {
            // readers and writers of SQLite tell each other where they are in these
            return files.filter(path -> !path.toString().matches(".*-(wal|shm)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nobodyReadsBeforeSigningInWhereThatIsWanted() throws Exception {
        twoFiles();
        try (ServedConsole console = console("--sign-in", "--path", "/evidence")) {
            assertThat(console.address()).endsWith("/evidence");
            assertThat(console.get("/receipts").statusCode()).isEqualTo(303);

            console.signIn();

            assertThat(console.get("/receipts").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void wordsAreFoundWhereTheApplicationKeepsAnIndex() throws Exception {
        ReceiptSigner signer = ReceiptSigner.hs256(Workshop.SECRET);
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.file);
                ReceiptLog log = ReceiptLog.direct(
                        Drafts.run().toString(), store, signer, Masking.defaults(), Clock.systemUTC());
                SqliteWordIndex index = SqliteWordIndex.open(SqliteWordIndex.beside(this.file))) {
            log.append(Drafts.decided(Drafts.run(), Map.of("note", "the platypus has a plan")));
            log.append(Drafts.decided(Drafts.run(), Map.of("note", "nobody else has")));
            new TextProjection(store, index).catchUp();
        }
        try (ServedConsole console = console()) {
            assertThat(console.get("/receipts?text=platypus").body())
                    .contains("the platypus has a plan")
                    .doesNotContain("nobody else has");
        }
    }

    @Test
    void whatAnApplicationWritesMeanwhileIsThereAtOnce() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.does(files -> files.writeFile("a.txt", "a"));
            try (ServedConsole console = console()) {
                workshop.publishes("notes.publish");

                assertThat(console.get("/receipts").body()).contains("notes.publish");
            }
        }
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        Result result = enact("console");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("There is no receipt store").hasLineCount(1);
        assertThat(this.file.getParent()).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsSaidInOneSentence() throws Exception {
        workshop().close();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(enact("console", "--port", taken.getLocalPort()).err())
                    .contains("--port")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console --port 65536",
                "console --port x",
                "console --port 0 --path enact",
                "console --port 0 --path /a/../b",
                "console --port 0 --address no.such.host.invalid",
                "console --port 0 --rollback --ask-password",
                "console --port 0 --rollback --url jdbc:postgresql://localhost/a",
                "console --port 0 --credential-file /dev/null",
            })
    void wrongUsageIsAnsweredWithOneSentence(String line) throws Exception {
        workshop().close();

        Result result = enact((Object[]) line.split(" ", -1));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aRollbackNeedsTheSecretThatTheApplicationSignsWith() throws Exception {
        workshop().close();
        this.environment.clear();

        assertThat(enact("console", "--port", "0", "--rollback").err())
                .contains("ENACT_SECRET is not set")
                .hasLineCount(1);
    }
}
