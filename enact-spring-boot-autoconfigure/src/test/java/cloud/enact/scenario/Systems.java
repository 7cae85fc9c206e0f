package cloud.enact.scenario;

import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.doubles.github.RepositoryState;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Four systems an agent works on: files, rows in PostgreSQL, a repository on GitHub and a channel in Slack. */
public final class Systems implements AutoCloseable {

    /** Secret of the application's receipts. */
    public static final String SECRET = "a-secret-for-tests-that-is-long-enough";

    /** Token of the Slack app. */
    public static final String SLACK_TOKEN = "xoxb-0000000000-double-of-a-token";

    /** Where it posts. */
    public static final String CHANNEL = "C0000000001";

    /** The repository it works in. */
    public static final String REPOSITORY = "acme/shop";

    /** User id of the Slack app. */
    static final String BOT = "U0000000B0T";

    private final Path folder;

    private final String database;

    private final GitHubDouble gitHub;

    private final HostedRepository repository;

    private final SlackDouble slack;

    private Systems(Path folder, String database) {
        this.folder = folder;
        this.database = database;
        this.gitHub = GitHubDouble.start(folder.resolve("github"));
        this.repository = this.gitHub.create("acme", "shop");
        this.slack = SlackDouble.start()
                .app(
                        SLACK_TOKEN,
                        BOT,
                        "chat:write",
                        "channels:read",
                        "channels:history",
                        "reactions:write",
                        "reactions:read")
                .channel(CHANNEL, "general", BOT, "U00000ALICE");
    }

    /** Starts all four, with something in each. */
    public static Systems start(Path folder) {
        try {
            Files.createDirectories(folder.resolve("files/docs"));
            Files.writeString(folder.resolve("files/docs/prices.txt"), "mug 9\n");
            Files.writeString(folder.resolve("files/old.txt"), "obsolete\n");
            Files.createDirectories(folder.resolve("data"));
            String database = "systems_" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = PostgresServer.shared().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + database);
            }
            Systems systems = new Systems(folder, database);
            systems.sql("CREATE TABLE price (id int PRIMARY KEY, item text NOT NULL, amount numeric(10, 2))");
            systems.sql("INSERT INTO price SELECT i, 'item ' || i, i FROM generate_series(1, 20) i");
            systems.repository.commit("main", Map.of("prices.txt", "mug 9\n"), "Sell mugs");
            systems.repository.tickets().openIssue("Raise prices", "Mugs cost too little.");
            systems.slack.post(CHANNEL, "U00000ALICE", "Good morning");
            return systems;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Settings of an application that may work on all four. */
    public List<String> settings() {
        return List.of(
                "enact.signing.secret=" + SECRET,
                "enact.receipts.file=" + this.folder.resolve("data/enact.db"),
                "enact.filesystem.root=" + files(),
                "enact.filesystem.operations=read_file,write_file,append_file,move_file,delete_file,delete_dir",
                "enact.postgres.protect=public.*",
                "enact.postgres.capture-schema=create",
                "enact.postgres.connectors.shop.operations=select_rows,insert_row,update_row,delete_row,upsert_row",
                "enact.postgres.connectors.shop.tables=public.*",
                "enact.slack.connectors.slack.endpoint=" + this.slack.endpoint(),
                "enact.slack.connectors.slack.token=" + SLACK_TOKEN,
                "enact.slack.connectors.slack.channels=" + CHANNEL,
                "enact.slack.connectors.slack.operations=get_message,post_message,update_message,delete_message,add_reaction",
                "enact.github.connectors.github.endpoint=" + this.gitHub.endpoint(),
                "enact.github.connectors.github.token=" + this.gitHub.token(),
                "enact.github.connectors.github.repositories=" + REPOSITORY,
                "enact.github.connectors.github.operations=create_branch,delete_branch,push_commit,create_pr,merge_pr,"
                        + "create_issue,close_pr,close_issue,comment,add_label,get_file,list_branches,get_pr",
                "test.url=" + PostgresServer.shared().url(this.database));
    }

    /** All there is in all four, comparable to the bit; times of directories only where somebody asks for them. */
    public Map<String, Object> state(boolean withTimesOfDirectories) {
        Map<String, Object> state = new TreeMap<>();
        state.put("files", tree(withTimesOfDirectories));
        state.put("rows", rows());
        state.put("github", repositoryState());
        state.put("slack", this.slack.state());
        return state;
    }

    /** Directory of the files. */
    public Path files() {
        return this.folder.resolve("files");
    }

    /** Where all data is, that of the application included. */
    public Path folder() {
        return this.folder;
    }

    GitHubDouble gitHub() {
        return this.gitHub;
    }

    HostedRepository repository() {
        return this.repository;
    }

    SlackDouble slack() {
        return this.slack;
    }

    /** Does something as a person would, outside of any action. */
    void sql(String sql) {
        try (Connection connection = PostgresServer.shared().connect(this.database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Without the names under which Enact keeps what it needs to go back, and forth again. */
    private RepositoryState repositoryState() {
        RepositoryState state = this.repository.state();
        Map<String, String> refs = new TreeMap<>(state.refs());
        refs.keySet().removeIf(name -> name.startsWith("refs/enact/"));
        return new RepositoryState(refs, state.tickets(), state.labels());
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(this.database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT p::text FROM price p ORDER BY id")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Map<String, String> tree(boolean withTimesOfDirectories) {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(files())) {
            for (Path path :
                    all.filter(path -> !path.toString().contains(".enact")).toList()) {
                boolean directory = Files.isDirectory(path);
                StringBuilder text =
                        new StringBuilder(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                if (!directory || withTimesOfDirectories) {
                    text.append(' ')
                            .append(Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MICROS));
                }
                tree.put(
                        files().relativize(path).toString(),
                        text.append(directory ? "" : " " + sha256(Files.readAllBytes(path)))
                                .toString());
            }
            return tree;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        this.slack.close();
        this.gitHub.close();
        try (Connection connection = PostgresServer.shared().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + this.database + " WITH (FORCE)");
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
