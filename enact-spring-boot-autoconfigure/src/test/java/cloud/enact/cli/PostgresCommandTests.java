package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.connector.postgres.GuardedShop;
import cloud.enact.undo.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import picocli.CommandLine;

/** Undo of rows from the command line. */
class PostgresCommandTests extends CliFixture {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    private String owner = "";

    private String app = "";

    private String url = "";

    @BeforeEach
    void roles() throws Exception {
        this.owner = this.shop.role("owner");
        this.app = this.shop.role("app");
        GuardedShop.server(
                "CREATE ROLE " + this.owner + " LOGIN PASSWORD '" + this.owner + "'",
                "CREATE ROLE " + this.app + " LOGIN PASSWORD '" + this.app + "'");
        this.shop.admin(
                "GRANT CREATE ON DATABASE " + this.shop.name + " TO " + this.owner,
                "GRANT USAGE ON SCHEMA public TO " + this.owner,
                "ALTER TABLE customer OWNER TO " + this.owner,
                "ALTER TABLE orders OWNER TO " + this.owner,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + this.app,
                "CREATE VIEW names AS SELECT name FROM customer");
        this.environment.put("ENACT_POSTGRES_PASSWORD", this.owner);
        try (Connection connection = login()) {
            this.url = connection.getMetaData().getURL();
        }
    }

    @Test
    void thePlanIsTheScriptOfAMigration() throws Exception {
        Result plan = postgres("plan", "--protect", "public.*", "--role", this.app);

        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(plan.err()).contains("public.names is not protected: it is a view");
        assertThat(this.shop.texts("SELECT nspname FROM pg_namespace WHERE nspname = 'enact_undo'"))
                .isEmpty();
        try (Connection connection = login()) {
            GuardedShop.run(connection, "BEGIN", plan.out(), "COMMIT");
        }
        Result again = postgres("plan", "--protect", "public.*", "--role", this.app);
        assertThat(again).matches(result -> result.status() == 0 && result.out().isEmpty());
        assertThat(again.err()).contains("Nothing is missing.");
        application().run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void installSaysWhatItDid() {
        Result first = postgres("install", "--protect", "public.*", "--role", this.app);
        Result second = postgres("install", "--protect", "public.*", "--role", this.app);

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("public.customer is protected", "public.orders is protected")
                .contains("public.names is not protected: it is a view")
                .contains("statements were run in one transaction");
        assertThat(second.out()).contains("Nothing was missing.").doesNotContain("is protected");
    }

    @Test
    void removingNeedsAYes() throws Exception {
        postgres("install", "--protect", "public.*", "--role", this.app);

        Result asked = postgres("remove");
        List<String> before = this.shop.texts("SELECT nspname FROM pg_namespace WHERE nspname = 'enact_undo'");
        Result done = postgres("remove", "--yes");

        assertThat(asked.status()).isEqualTo(2);
        assertThat(asked.err())
                .contains("Nothing was removed")
                .contains("--yes")
                .hasLineCount(1);
        assertThat(before).hasSize(1);
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).contains("public.customer is not protected any more", "All undo data is removed.");
        assertThat(this.shop.texts("SELECT nspname FROM pg_namespace WHERE nspname = 'enact_undo'"))
                .isEmpty();
        assertThat(postgres("remove", "--yes").out()).contains("There is nothing to remove.");
    }

    @Test
    void whatTheServerRefusesIsSaidInASentence() {
        this.environment.put("OTHER", this.app);

        Result result = plain(
                "postgres",
                "install",
                "--url",
                this.url,
                "--user",
                this.app,
                "--password-env",
                "OTHER",
                "--protect",
                "public.*",
                "--role",
                this.app);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("nothing was changed: permission denied")
                .hasLineCount(1);
    }

    @Test
    void aPasswordComesFromTheEnvironmentOrFromAFile() throws Exception {
        Path file = Files.writeString(this.folder.resolve("password"), "from-file\n");
        this.environment.put("OTHER", "other");

        assertThat(password()).isEqualTo(this.owner);
        assertThat(password("--password-env", "OTHER")).isEqualTo("other");
        assertThat(password("--password-file", file.toString())).isEqualTo("from-file");
    }

    private @Nullable String password(String... args) {
        DatabaseOptions options = new DatabaseOptions(this.environment::get);
        List<String> all = new ArrayList<>(List.of("--url", this.url, "--user", "u"));
        all.addAll(List.of(args));
        CommandLine.populateCommand(options, all.toArray(String[]::new));
        return options.login().password();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgres plan",
                "postgres plan --url jdbc:postgresql://h/d --user u",
                "postgres plan --url jdbc:h2:mem:x --user u --protect public.* --role r",
                "postgres plan --url jdbc:postgresql://h/d --protect public.* --role r",
                "postgres plan --url jdbc:postgresql://h/d?password=hush --user u --protect public.* --role r",
                "postgres plan --url jdbc:postgresql://h/d --user u --protect public.* --role r --password hush",
                "postgres plan --url jdbc:postgresql://h/d --user u --protect p.* --role r --password-env HUSH",
                "postgres plan --url jdbc:postgresql://h/d --user u --protect p.* --role r --password-file /no/file",
                "postgres install --url jdbc:postgresql://h/d --user u --protect p.* --role r --lock-timeout 0",
                "postgres prune --url jdbc:postgresql://h/d --user u --older-than-days 0",
            })
    void wrongUsageIsAnsweredWithOneSentence(String line) {
        Result result = plain(line.split(" ", -1));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).doesNotContain("Exception", "\tat ", "=hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "sslpassword"})
    void noSecretIsTakenFromAnArgument(String parameter) {
        Result result =
                plain("postgres", "remove", "--url", "jdbc:postgresql://h/d?" + parameter + "=hush", "--user", "u");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("can be read by everybody").doesNotContain("hush");
    }

    @Test
    void rowsComeBackWithoutTheApplication() throws Exception {
        RunId run = afterTheAgent("DELETE FROM customer WHERE id < 3", "UPDATE customer SET name = 'agent'");
        this.shop.admin("UPDATE customer SET name = 'person' WHERE id = 5");

        Result preview = rollback("preview", run);
        Result refused = rollback("run", run, "--reason", "wrong");
        Result forced = rollback("run", run, "--reason", "wrong", "--skip", "public.customer", "--json");

        assertThat(preview.status()).isEqualTo(1);
        assertThat(preview.out())
                .contains("     public.customer  2 restored, 6 reset")
                .contains("CHANGED  {id=5}  expected {name=***}  found {name=***}");
        assertThat(refused.out()).contains("REFUSED");
        assertThat(forced.json().get("result").asString()).isEqualTo("PARTIAL");
        assertThat(forced.json()
                        .get("steps")
                        .get(0)
                        .get("rows")
                        .get("tables")
                        .get("public.customer")
                        .get("skipped")
                        .asInt())
                .isEqualTo(1);
        assertThat(this.shop.texts("SELECT name FROM customer ORDER BY id"))
                .contains("customer 1", "person")
                .doesNotContain("agent");
        assertThat(enact("receipts", "verify").status()).isZero();
    }

    @Test
    void withoutADatabaseRowsStayAsTheyAre() throws Exception {
        RunId run = afterTheAgent("DELETE FROM orders");

        Result result = enact("rollback", "run", run, "--reason", "wrong");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("There is no connector 'dataSource' here");
        assertThat(this.shop.texts("SELECT count(*) FROM orders")).containsExactly("0");
    }

    @Test
    void oldUndoDataGoesAndLeavesAReceipt() throws Exception {
        RunId run = afterTheAgent("DELETE FROM orders");
        this.shop.admin("UPDATE enact_undo.marker SET started = started - interval '8 days'");

        Result nothing = inStore("postgres", "prune");
        Result pruned = inStore("postgres", "prune", "--older-than-days", "7");

        assertThat(nothing.out()).contains("nothing was removed");
        assertThat(pruned.status()).as(pruned.err()).isZero();
        assertThat(pruned.out()).contains("30 captured rows of 1 run were removed");
        assertThat(enact("receipts", "list", "--kind", "PRUNED").out())
                .contains("enact.prune")
                .contains(System.getProperty("user.name"));
        assertThat(rollback("preview", run).out()).contains("IRREVERSIBLE", "no longer in database");
        assertThat(enact("receipts", "verify").status()).isZero();
    }

    /** An application that is gone again when its agent has done something. */
    private RunId afterTheAgent(String... statements) throws Exception {
        List<RunId> runs = new ArrayList<>();
        application("enact.postgres.capture-schema=create")
                .run(context -> runs.add(GuardedShop.act(context, statements)));
        return runs.get(0);
    }

    private ApplicationContextRunner application(String... properties) throws Exception {
        return this.shop
                .application(
                        "test.role=" + this.app,
                        "enact.receipts.store=embedded",
                        "enact.receipts.file=" + this.file,
                        "enact.signing.secret=" + Workshop.SECRET,
                        "enact.postgres.capture-schema=validate",
                        "enact.postgres.owner.username=" + this.owner,
                        "enact.postgres.owner.password=" + this.owner)
                .withPropertyValues(properties);
    }

    private Connection login() throws SQLException {
        return PostgresServer.shared().connect(this.shop.name, this.owner);
    }

    private Result postgres(String command, String... args) {
        List<String> all = new ArrayList<>(List.of("postgres", command, "--url", this.url, "--user", this.owner));
        all.addAll(Arrays.asList(args));
        return plain(all.toArray(String[]::new));
    }

    private Result rollback(String command, RunId run, String... args) {
        List<String> all = new ArrayList<>(List.of("rollback", command, run.toString()));
        all.addAll(Arrays.asList(args));
        return inStore(all.toArray(String[]::new));
    }

    private Result inStore(String... args) {
        List<Object> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--url", this.url, "--user", this.owner));
        return enact(all.toArray());
    }
}
