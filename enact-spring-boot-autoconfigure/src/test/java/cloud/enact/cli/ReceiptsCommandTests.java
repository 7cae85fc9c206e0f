package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsCommandTests extends CliFixture {

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
    void receiptsAreFilteredAsOverHttp() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");

            assertThat(enact("receipts", "list", "--action", "mail.*").out().lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("mail.send"));
            assertThat(enact("receipts", "list", "--system", "files").out().lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("files.work"));
            assertThat(enact("receipts", "list", "--mode", "enforce").out().lines())
                    .hasSize(4);
            assertThat(enact("receipts", "list", "--mode", "observe").out()).isEmpty();
            assertThat(enact("receipts", "list", "--policy", "no.such").out()).isEmpty();
            assertThat(enact("receipts", "list", "--workflow", "no such").out()).isEmpty();
            assertThat(enact("receipts", "list", "--mode", "shadow").err()).contains("enforce or observe");
            assertThat(enact("receipts", "list", "--decision", "BLOK"))
                    .returns(2, Result::status)
                    .satisfies(refused -> assertThat(refused.err()).contains("PASS, ASK, BLOCK"));
        }
    }

    @Test
    void wordsAreFoundOnceTheyAreIndexed() throws Exception {
        try (Workshop workshop = workshop()) {
            workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");
            Result missing = enact("receipts", "list", "--text", "word");

            Result made = enact("receipts", "reindex");
            workshop.publishes("mail.send");
            Result found = enact("receipts", "list", "--text", "nothing like it");
            Result empty = enact("receipts", "list", "--text", "??");

            assertThat(missing.status()).isEqualTo(2);
            assertThat(missing.err()).contains("reindex");
            assertThat(made.status()).isZero();
            assertThat(made.out()).contains("4 receipts are indexed");
            assertThat(found.status()).isZero();
            assertThat(found.out()).isEmpty();
            assertThat(found.err()).contains("misses the newest 2 receipts");
            assertThat(empty.status()).isEqualTo(2);
            assertThat(empty.err()).contains("letter or digit");
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
                    .contains("There may be more");
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
                    .returns(0, Result::status)
                    .returns("", Result::err)
                    .satisfies(result -> assertThat(result.out())
                            .startsWith("4 entries verified" + System.lineSeparator())
                            .contains("4 entries since", "without an anchor"));
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
        assertThat(enact("receipts", "export", "--output", this.folder.resolve("no/where"))
                        .err())
                .contains("its folder is not there");
        assertThat(plain("receipts", "verify", this.folder.resolve("typo").toString())
                        .err())
                .contains("There is no file ");
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
}
