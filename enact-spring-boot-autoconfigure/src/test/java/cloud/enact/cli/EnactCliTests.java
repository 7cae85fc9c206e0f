package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptSigner;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EnactCliTests {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("ENACT_SECRET", Workshop.SECRET));

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        this.file = this.folder.resolve("enact").resolve("enact.db");
    }

    private record Result(int status, String out, String err) {

        JsonNode json() {
            return JsonMapper.builder().build().readTree(this.out);
        }
    }

    private Result enact(Object... args) {
        List<String> all = new ArrayList<>(List.of("--store", this.file.toString()));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        return plain(all.toArray(String[]::new));
    }

    private Result plain(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int status = EnactCli.run(out, new PrintWriter(err), this.environment::get, args);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    private Workshop workshop() throws Exception {
        return new Workshop(this.folder);
    }

    private void tamper(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void receiptsAreListedWhileTheApplicationRuns() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId run = workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");

            Result all = enact("receipts", "list");
            Result one = enact("receipts", "list", "--run", run, "--kind", "DECIDED");
            Result json = enact("receipts", "list", "--action", "mail.send", "--json");

            assertThat(all.status()).isZero();
            assertThat(all.err()).isEmpty();
            assertThat(all.out().lines()).hasSize(4).first().asString().contains("COMPLETED", "mail.send");
            assertThat(one.out().lines())
                    .singleElement()
                    .asString()
                    .contains(run.toString(), "DECIDED", "PASS", "files.work", "agent@example.org");
            assertThat(json.json().get("receipts")).hasSize(2);
        }
    }

    @Test
    void aLongListSaysThatThereIsMore() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");

            assertThat(enact("receipts", "list", "--limit", "1").out().lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("There are more");
        }
    }

    @Test
    void whatAnAgentWroteCantSteerTheTerminal() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.\u001b[2J\u009bsend\u202e\r\nfake line");

            String out = enact("receipts", "list").out();

            assertThat(out.lines()).hasSize(2);
            assertThat(out).contains("mail.").doesNotContain("\u001b", "\u009b", "\u202e", "\r");
        }
    }

    @Test
    void namesOfFilesCantSteerTheTerminalEither() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            run = workshop.does(files -> files.writeFile("a\u001b[2J\u009b\u202e\nfake line", "a"));
        }

        for (Result result : List.of(
                enact("rollback", "preview", run),
                enact("rollback", "preview", run, "--json"),
                enact("receipts", "show", run),
                enact("receipts", "show", run, "--json"))) {
            assertThat(result.status()).isZero();
            assertThat(result.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\nfake line");
        }
        assertThat(enact("rollback", "preview", run).out()).contains("'a\\u{1b}[2J\\u{9b}\\u{202e}\\u{a}fake line'");
    }

    @Test
    void aRunIsShown() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId run = workshop.does(files -> files.writeFile("a.txt", "a"));

            Result text = enact("receipts", "show", run);
            Result json = enact("receipts", "show", run, "--json");

            assertThat(text.status()).isZero();
            assertThat(text.out())
                    .contains(run.toString(), "tidying up", "agent@example.org", "filesystem.restrict-paths")
                    .contains("filesystem.write_file  REVERSIBLE  done", "rollback  NONE", "2 entries verified");
            assertThat(json.status()).isZero();
            assertThat(json.json().get("run_id").asString()).isEqualTo(run.toString());
            assertThat(json.json().get("verification").get("valid").asBoolean()).isTrue();
            assertThat(json.json().get("rollback").get("state").asString()).isEqualTo("NONE");
            assertThat(json.json().get("entries")).hasSize(2);
        }
    }

    @Test
    void aSoundStoreVerifies() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId run = workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");

            assertThat(enact("receipts", "verify"))
                    .isEqualTo(new Result(0, "4 entries verified" + System.lineSeparator(), ""));
            assertThat(enact("receipts", "verify", "--run", run).out()).contains("2 entries verified");
            assertThat(enact("receipts", "verify", "--json").json().get("valid").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void anAlteredStoreDoesNot() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        tamper(
                "DROP TRIGGER receipt_entry_no_update",
                "UPDATE receipt_entry SET entry = replace(entry, 'SUCCEEDED', 'SUCCEEDE!') WHERE seq = 2");

        Result verify = enact("receipts", "verify");
        Result show = enact("receipts", "show", run);

        assertThat(verify.status()).isEqualTo(1);
        assertThat(verify.out()).contains("1 problem", "BAD_SIGNATURE");
        assertThat(show.status()).isEqualTo(1);
        assertThat(show.out()).contains("BAD_SIGNATURE");
    }

    @Test
    void anotherSecretDoesNotVerifyUnlessTheFormerOneIsNamed() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");
        }
        this.environment.put("ENACT_SECRET", "another secret of more than 32 characters");
        this.environment.put("OLD_SECRET", Workshop.SECRET);

        assertThat(enact("receipts", "verify").status()).isEqualTo(1);
        assertThat(enact("receipts", "verify").out()).contains("UNKNOWN_KEY");
        assertThat(enact("receipts", "verify", "--verification-secret-env", "OLD_SECRET")
                        .status())
                .isZero();
        assertThat(enact("receipts", "verify", "--secret-env", "OLD_SECRET").status())
                .isZero();
    }

    @Test
    void anExportVerifiesWithoutTheStore() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");
        }
        Path whole = this.folder.resolve("whole.ndjson");
        Path part = this.folder.resolve("part.ndjson");

        assertThat(enact("receipts", "export", "--output", whole).status()).isZero();
        assertThat(enact("receipts", "export", "--run", run, "--output", part).status())
                .isZero();
        String printed = enact("receipts", "export").out();

        assertThat(Files.readString(whole)).isEqualTo(printed);
        assertThat(printed.lines()).hasSize(6).allMatch(line -> line.startsWith("{\"action\":"));
        assertThat(Files.getPosixFilePermissions(whole)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(plain("receipts", "verify", whole.toString()).status()).isZero();
        assertThat(plain("receipts", "verify", part.toString(), "--run", run.toString())
                        .out())
                .contains("2 entries verified");
        assertThat(plain("receipts", "verify", part.toString()).status()).isEqualTo(1);
        assertThat(plain("receipts", "verify", whole.toString(), "--run", run.toString())
                        .err())
                .contains("holds other runs");
        assertThat(enact("receipts", "export", "--output", whole).err()).contains("is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit", "drop", "swap", "repeat", "garbage", "first"})
    void aTamperedExportIsNoticed(String how) throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");
            workshop.publishes("mail.send");
        }
        Path export = this.folder.resolve("export.ndjson");
        List<String> lines =
                new ArrayList<>(enact("receipts", "export").out().lines().toList());
        switch (how) {
            case "edit" -> lines.set(1, lines.get(1).replace("SUCCEEDED", "SUCCEEDE!"));
            case "drop" -> lines.remove(1);
            case "swap" -> lines.add(lines.remove(1));
            case "repeat" -> lines.add(2, lines.get(1));
            case "garbage" -> lines.add(2, "{\"not\":\"a receipt\"}");
            default -> lines.remove(0);
        }
        Files.write(export, lines);

        Result result = plain("receipts", "verify", export.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("problem");
    }

    @Test
    void anEmptyExportProvesNothing() throws Exception {
        Path empty = Files.createFile(this.folder.resolve("empty.ndjson"));

        assertThat(plain("receipts", "verify", empty.toString()).status()).isEqualTo(1);
    }

    @Test
    void aPublicKeyIsEnoughToVerify() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (Workshop workshop = new Workshop(
                this.folder,
                ReceiptSigner.ed25519(pem("PRIVATE KEY", pair.getPrivate().getEncoded())))) {
            workshop.publishes("mail.send");
        }
        Path key = Files.writeString(
                this.folder.resolve("key.pem"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        this.environment.clear();

        assertThat(enact("receipts", "verify", "--public-key", key).out()).contains("2 entries verified");
        Path other = Files.writeString(this.folder.resolve("other.pem"), "not a key");
        assertThat(enact("receipts", "verify", "--public-key", other).err()).contains("no Ed25519 public key");
        assertThat(enact("receipts", "verify").err()).contains("no key to verify with");
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    @Test
    void filesComeBackWithoutTheApplication() throws Exception {
        RunId run;
        Path kept;
        try (Workshop workshop = workshop()) {
            kept = workshop.root.resolve("project");
            Files.createDirectories(kept.resolve("src"));
            Files.writeString(kept.resolve("src").resolve("a.txt"), "precious");
            run = workshop.does(files -> {
                files.deleteDir("project");
                files.writeFile("notes.txt", "all tidy now");
            });
        }

        Result preview = enact("rollback", "preview", run);
        boolean untouched = Files.notExists(kept);
        Result rollback = enact("rollback", "run", run, "--reason", "not that directory");
        Result again = enact("rollback", "run", run, "--reason", "to be sure", "--json");

        assertThat(preview.status()).isZero();
        assertThat(preview.out()).contains("RESTORED", "would be rolled back");
        assertThat(untouched).isTrue();
        assertThat(rollback.status()).isZero();
        assertThat(rollback.out()).contains("ROLLED_BACK: Run " + run + " is rolled back: 2 restored");
        assertThat(kept.resolve("src").resolve("a.txt")).hasContent("precious");
        assertThat(kept.resolveSibling("notes.txt")).doesNotExist();
        assertThat(again.status()).isZero();
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(enact("receipts", "verify").status()).isZero();
        assertThat(enact("receipts", "list", "--kind", "ROLLED_BACK").out().lines())
                .singleElement()
                .asString()
                .contains(System.getProperty("user.name"));
        assertThat(enact("receipts", "show", run).out()).contains("rollback  ROLLED_BACK");
    }

    @Test
    void aPreviewMakesAndChangesNothing() throws Exception {
        RunId run;
        try (Workshop workshop = workshop()) {
            Files.writeString(workshop.root.resolve("note.txt"), "old");
            run = workshop.does(files -> files.writeFile("note.txt", "new"));
        }
        Path elsewhere = this.folder.resolve("not-there");
        Map<String, String> before = tree();

        Result preview = enact("rollback", "preview", run);
        Result without = enact("rollback", "preview", run, "--undo-dir", elsewhere);

        assertThat(preview.out()).contains("RESTORED");
        assertThat(without.err()).isEmpty();
        assertThat(tree()).isEqualTo(before);
    }

    /** Every file and directory with what it holds; but for the files SQLite shares among its readers. */
    private Map<String, String> tree() throws Exception {
        Map<String, String> found = new HashMap<>();
        try (Stream<Path> paths = Files.walk(this.folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String content = Files.isDirectory(path)
                        ? Files.getPosixFilePermissions(path).toString()
                        : Base64.getEncoder().encodeToString(Files.readAllBytes(path));
                found.put(this.folder.relativize(path).toString(), content);
            }
        }
        found.keySet().removeIf(name -> name.endsWith("-wal") || name.endsWith("-shm"));
        return found;
    }

    @Test
    void laterWorkIsKeptUnlessItIsForced() throws Exception {
        RunId run;
        Path note;
        try (Workshop workshop = workshop()) {
            note = Files.writeString(workshop.root.resolve("note.txt"), "old");
            run = workshop.does(files -> files.writeFile("note.txt", "new"));
        }
        Files.writeString(note, "of somebody else");

        Result refused = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("CONFLICT", "REFUSED");
        assertThat(note).hasContent("of somebody else");

        Result forced = enact("rollback", "run", run, "--reason", "wrong", "--force", "1");

        assertThat(forced.status()).isZero();
        assertThat(note).hasContent("old");
    }

    @Test
    void aRunningApplicationKeepsItsLogAndItsActionsInFlight() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId done = workshop.does(files -> files.writeFile("a.txt", "a"));
            RunId running = workshop.run();
            workshop.begins(running, files -> files.writeFile("b.txt", "b"));

            Result preview = enact("rollback", "preview", running);
            Result rollback = enact("rollback", "run", done, "--reason", "wrong");
            Result refused = enact("rollback", "run", running, "--reason", "wrong");

            assertThat(rollback.out()).contains("ROLLED_BACK");
            assertThat(workshop.root.resolve("a.txt")).doesNotExist();
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).contains("REFUSED", "still running", workshop.log());
            assertThat(preview.status()).isEqualTo(1);
            assertThat(preview.out()).contains("REFUSED", "still running", workshop.log());
            assertThat(workshop.root.resolve("b.txt")).hasContent("b");
            assertThat(enact("receipts", "list", "--kind", "ROLLED_BACK", "--json")
                            .json()
                            .get("receipts"))
                    .allSatisfy(
                            receipt -> assertThat(receipt.get("log").asString()).isNotEqualTo(workshop.log()));
        }
    }

    @Test
    void aRunThatIsHiddenFromTheSearchIsRefusedRatherThanUnknown() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        tamper(
                "DROP TRIGGER receipt_entry_no_update",
                "UPDATE receipt_entry SET run_id = '01890a5d-ac96-774b-bcce-b302099a8057'");

        Result preview = enact("rollback", "preview", run);
        Result rollback = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(preview.out()).contains("REFUSED", "can't be trusted");
        assertThat(rollback.status()).isEqualTo(1);
        assertThat(rollback.out()).contains("REFUSED", "can't be trusted");
        assertThat(root.resolve("a.txt")).hasContent("a");
    }

    @Test
    void anActionHiddenFromTheSearchIsStillSeenToRun() throws Exception {
        try (Workshop workshop = workshop()) {
            RunId running = workshop.run();
            workshop.begins(running, files -> files.writeFile("b.txt", "b"));
            tamper("DROP TRIGGER receipt_entry_no_update", "UPDATE receipt_entry SET kind = 'COMPLETED'");

            assertThat(enact("rollback", "run", running, "--reason", "wrong").out())
                    .contains("REFUSED");
            assertThat(workshop.root.resolve("b.txt")).hasContent("b");
        }
    }

    @Test
    void aTypingErrorLeasesNothingAndTouchesNothing() throws Exception {
        workshop().close();
        Map<String, String> before = tree();

        assertThat(enact("rollback", "run", "01890a5d-ac96-774b-bcce-b302099a8057", "--reason", "wrong")
                        .status())
                .isEqualTo(1);

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void whatACrashLeftInDoubtIsUndone() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.run();
            workshop.begins(run, files -> files.writeFile("b.txt", "b"));
        }

        assertThat(enact("rollback", "run", run, "--reason", "crashed").status())
                .isZero();
        assertThat(root.resolve("b.txt")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsGoneIsNamed() throws Exception {
        RunId run;
        Path root;
        try (Workshop workshop = workshop()) {
            root = workshop.root;
            run = workshop.does(files -> files.writeFile("a.txt", "a"));
        }
        Files.move(root, root.resolveSibling("elsewhere"));

        Result result = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(root.toString(), "can't be opened");
    }

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
