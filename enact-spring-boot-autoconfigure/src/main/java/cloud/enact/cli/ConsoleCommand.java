package cloud.enact.cli;

import cloud.enact.console.ConsoleCredential;
import cloud.enact.console.ConsoleServer;
import cloud.enact.console.ConsoleSettings;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code enact console}: the pages over an embedded store, without its application, until it is interrupted. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = "Serves the console over the store, also while an application writes it. Everybody on this"
                + " machine may read; who has the console credential sees captured state and, with --rollback, rolls"
                + " runs back.")
final class ConsoleCommand implements Callable<Integer> {

    private static final String CREDENTIAL_FILE = "console-credential";

    private final Console console;

    private final StoreOptions options;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8765",
            description = "Port, or 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Where it listens; others than this machine have to sign in (default: only this machine).")
    private @Nullable String address;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/enact",
            description = "Path of the pages (default: ${DEFAULT-VALUE}).")
    private String path = "";

    @Option(names = "--sign-in", description = "Nobody reads without the credential, not on this machine either.")
    private boolean signIn;

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            description = "File with the digest of the console credential (default: '" + CREDENTIAL_FILE
                    + "' beside the store; where there is none, each start has a new credential).")
    private @Nullable Path credentialFile;

    @Option(
            names = "--rollback",
            description = "Lets who has signed in roll back runs that worked on files, and on rows of a database that"
                    + " is named; needs the secret that the application signs with.")
    private boolean rollback;

    @Option(
            names = "--undo-dir",
            paramLabel = "DIR",
            description = "Directory of captured content (default: 'undo' beside the store).")
    private @Nullable Path undoDirectory;

    @Option(
            names = "--mask",
            paramLabel = "NAME",
            description =
                    "Name whose values are never shown in captured state, beside the usual names of secrets; may be"
                            + " repeated (give those of enact.receipts.mask).")
    private List<String> masked = List.of();

    @Mixin
    private final DatabaseOptions database;

    ConsoleCommand(Console console, StoreOptions options, DatabaseOptions database) {
        this.console = console;
        this.options = options;
        this.database = database;
    }

    @Override
    public Integer call() {
        InetSocketAddress where = where();
        ConsoleSettings settings = new ConsoleSettings(this.path, !this.signIn, Set.of(), false);
        try (SqliteReceiptStore store = this.options.openToRead();
                StoredSources sources = StoredSources.open(
                        this.options,
                        store,
                        this.undoDirectory,
                        Masking.defaults().hiding(this.masked),
                        rollbacks());
                ConsoleServer server = ConsoleServer.start(
                        where, settings, credential(store.file()), sources.sources(), Clock.systemUTC())) {
            String host = where.getAddress().isLoopbackAddress() ? "localhost" : literal(where.getAddress());
            this.console.line(
                    "The console is at http://" + host + ":" + server.port() + this.path + " until you interrupt it.");
            new CountDownLatch(1).await();
            return EnactCli.FINE;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return EnactCli.FINE;
        } catch (IOException ex) {
            throw new CommandException("Nobody can listen on port " + this.port
                    + " there; name another one with --port, or another --address");
        }
    }

    private InetSocketAddress where() {
        if (this.port < 0 || this.port > 65_535) {
            throw new CommandException("--port is a number from 0 to 65535");
        }
        try {
            String named = this.address;
            return new InetSocketAddress(
                    (named != null) ? InetAddress.getByName(named) : InetAddress.getLoopbackAddress(), this.port);
        } catch (UnknownHostException ex) {
            throw new CommandException("--address is none that is known here");
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return (text.indexOf(':') >= 0) ? "[" + text + "]" : text;
    }

    private @Nullable StoredRuns rollbacks() {
        if (!this.rollback) {
            return null;
        }
        // what is missing is said now, and not to whoever presses the button
        this.options.signingKeys();
        if (this.database.asks()) {
            throw new CommandException("Nobody sits at the terminal when a rollback needs the password; give it with"
                    + " --password-env or --password-file");
        }
        if (this.database.isGiven()) {
            this.database.login();
        }
        CliKeys.toWrite(this.options).close();
        if (!Files.isWritable(this.options.store())) {
            throw new CommandException("The store " + this.options.store()
                    + " can't be written, and a rollback is put on record there; leave --rollback out to read");
        }
        return new StoredRuns(this.options, this.database, this.undoDirectory);
    }

    /** That of the application, where it has one. Nothing is written beside a store that is only read. */
    private ConsoleCredential credential(Path store) {
        Path named = this.credentialFile;
        Path file = (named != null) ? named : store.resolveSibling(CREDENTIAL_FILE);
        if (named == null && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return ConsoleCredential.inMemory(this::show);
        }
        try {
            return ConsoleCredential.inFile(file, this::show);
        } catch (IOException ex) {
            throw new CommandException("The file of the console credential, " + file + ", can't be used: "
                    + ex.getMessage() + "; name another one with --credential-file");
        }
    }

    private void show(String credential) {
        this.console.line("Console credential, shown this once: " + credential);
    }
}
