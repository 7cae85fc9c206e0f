package cloud.enact.cli;

import cloud.enact.undo.postgres.OwnerLogin;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to log in to PostgreSQL. A password is never an argument, which everybody on the machine could read. */
final class DatabaseOptions {

    private static final String VARIABLE = "ENACT_POSTGRES_PASSWORD";

    private final UnaryOperator<@Nullable String> environment;

    @Option(names = "--url", paramLabel = "URL", description = "Database, such as jdbc:postgresql://host/database.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "ROLE", description = "Role that owns the capture objects, or shall.")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Environment variable with the password (default: " + VARIABLE + ").")
    private @Nullable String variable;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    private @Nullable Path file;

    @Option(names = "--ask-password", description = "Asks for the password.")
    private boolean ask;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Data source of the application that leads there (default: the only one, or dataSource).")
    private @Nullable String name;

    DatabaseOptions(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    boolean isGiven() {
        return this.url != null;
    }

    /** Whether somebody is asked for the password each time. */
    boolean asks() {
        return this.ask;
    }

    /** Name of the data source, or {@code null} when it was not said. */
    @Nullable
    String name() {
        return this.name;
    }

    OwnerLogin login() {
        String url = this.url;
        String user = this.user;
        if (url == null || user == null) {
            throw new CommandException("--url and --user say which database to log in to, and as whom");
        }
        if (!OwnerLogin.isUrl(url)) {
            throw new CommandException("--url is none of PostgreSQL, such as jdbc:postgresql://host/database");
        }
        if (OwnerLogin.holdsPassword(url)) {
            throw new CommandException("A password in --url can be read by everybody on this machine; put it into the"
                    + " environment variable " + VARIABLE + ", and change it");
        }
        return new OwnerLogin(url, user, password());
    }

    private @Nullable String password() {
        if (this.ask) {
            java.io.Console terminal = System.console();
            char[] typed = (terminal != null) ? terminal.readPassword("Password: ") : null;
            if (typed == null) {
                throw new CommandException("There is no terminal to ask for the password");
            }
            return new String(typed);
        }
        if (this.file != null) {
            try (BufferedReader lines = Files.newBufferedReader(this.file)) {
                return lines.readLine();
            } catch (IOException ex) {
                throw new CommandException("The file " + this.file + " with the password can't be read");
            }
        }
        String password = this.environment.apply((this.variable != null) ? this.variable : VARIABLE);
        if (password == null && this.variable != null) {
            throw new CommandException("The environment variable " + this.variable + " is not set");
        }
        return password;
    }
}
