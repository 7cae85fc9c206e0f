package cloud.enact.cli;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.hook.claudecode.setup.SetupException;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.rollback.UnknownRunException;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.postgres.CaptureException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The command line of Enact: receipts, console, rollback, undo data and policies without the application.
 *
 * <p>Exit status 0: done, or everything is valid. 1: something is wrong with what was looked at, or was not undone. 2:
 * wrong usage, or something can't be read. 3: nothing is wrong with evidence, and not everything in it could be checked.
 */
@Command(
        name = "enact",
        mixinStandardHelpOptions = true,
        description =
                "Reads, verifies and exports receipts, shows them in a browser, rolls runs back, looks after undo data, tries policies"
                        + " out, and makes coding agents ask the guard.",
        synopsisSubcommandLabel = "COMMAND")
public final class EnactCli {

    static final int FINE = 0;

    static final int PROBLEM = 1;

    static final int UNUSABLE = 2;

    static final int NOT_FULLY_CHECKED = 3;

    /** Known before any of their classes is loaded. */
    static final Set<String> COMMANDS = Set.of(
            "receipts",
            "verify",
            "rollback",
            "reconcile",
            "console",
            "encryption",
            "postgres",
            "hooks",
            "report",
            "policies");

    private static final String LOG = "org.apache.commons.logging.Log";

    private static final String LOGS = "org.apache.commons.logging.impl.";

    // picocli reads it
    @SuppressWarnings("UnusedVariable")
    @Mixin
    private final StoreOptions options;

    private EnactCli(StoreOptions options) {
        this.options = options;
    }

    /** Runs a command and ends the JVM with its status. */
    public static void main(String[] args) {
        boolean serves = serves(args);
        // a command says in one sentence what went wrong; what rooms log for operators would only repeat it, except
        // where pages are served and only say that they can't be made
        preset(LOG, LOGS + (serves ? "SimpleLog" : "NoOpLog"));
        if (serves) {
            // the server of the JDK waits for ever for the end of a request, of as many clients as there are
            preset("sun.net.httpserver.maxReqTime", "30");
            // a rollback takes its time, and whoever reads nothing of an answer must not keep a thread for ever
            preset("sun.net.httpserver.maxRspTime", "600");
            preset("jdk.httpserver.maxConnections", "200");
        }
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(System.out, err, System::getenv, args));
    }

    /** Whether the command, which is the first word that names one, serves pages. */
    static boolean serves(String... args) {
        return Arrays.stream(args)
                .filter(COMMANDS::contains)
                .findFirst()
                .filter("console"::equals)
                .isPresent();
    }

    private static void preset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Runs a command.
     *
     * @param out gets what was asked for
     * @param err gets a sentence when something is wrong
     * @param environment values of environment variables, {@code null} for one that is not set
     * @return the exit status
     */
    static int run(OutputStream out, PrintWriter err, UnaryOperator<@Nullable String> environment, String... args) {
        Console console = new Console(out, err);
        StoreOptions options = new StoreOptions(environment);
        CommandLine commandLine = new CommandLine(new EnactCli(options), made(environment))
                .addSubcommand("receipts", receipts(console, options))
                .addSubcommand("verify", new VerifyCommand(console, options))
                .addSubcommand("rollback", new RollbackCommand(console, options))
                .addSubcommand("reconcile", new ReconcileCommand(console, options, new DatabaseOptions(environment)))
                .addSubcommand("console", new ConsoleCommand(console, options, new DatabaseOptions(environment)))
                .addSubcommand("encryption", new EncryptionCommand(console, options))
                .addSubcommand("postgres", new PostgresCommand(console, options))
                .addSubcommand("hooks", hooks(console, environment))
                .addSubcommand(
                        "report",
                        new CommandLine(new ReportCommand())
                                .addSubcommand("observe", new ReportObserveCommand(console, options, environment)))
                .addSubcommand("policies", policies(console, options, environment))
                // whoever judges the call of a coding agent sees the command line, and not a file it names
                .setExpandAtFiles(false)
                .setOut(console.out())
                .setErr(err)
                .setExecutionExceptionHandler((ex, command, parsed) -> {
                    console.error(sentence(ex));
                    return (ex instanceof UnknownRunException) ? PROBLEM : UNUSABLE;
                })
                .setParameterExceptionHandler((ex, arguments) -> {
                    console.error(usage(ex));
                    return UNUSABLE;
                });
        commandLine.setExecutionStrategy(parsed -> {
            CommandSpec asked = deepest(parsed).commandSpec();
            if (!asked.subcommands().isEmpty()
                    && deepest(parsed).matchedOptions().isEmpty()) {
                throw new ParameterException(asked.commandLine(), "A command is missing");
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        setVersion(commandLine);
        int status = commandLine.execute(args);
        console.out().flush();
        err.flush();
        return status;
    }

    private static CommandLine receipts(Console console, StoreOptions options) {
        return new CommandLine(new ReceiptsCommand(console, options))
                .addSubcommand("verify", new VerifyCommand(console, options))
                .addSubcommand("export", new ExportCommand(console, options))
                .addSubcommand("in-doubt", new InDoubtCommand(console, options))
                .addSubcommand("bundle", new BundleCommand(console, options))
                .addSubcommand("keys", new KeysCommand(console, options));
    }

    private static CommandLine hooks(Console console, UnaryOperator<@Nullable String> environment) {
        return new CommandLine(new HooksCommand())
                .addSubcommand("install", new HooksInstallCommand(console, environment, Question.atTerminal()))
                .addSubcommand("remove", new HooksRemoveCommand(console, environment, Question.atTerminal()))
                .addSubcommand("doctor", new HooksDoctorCommand(console, environment));
    }

    private static CommandLine policies(
            Console console, StoreOptions options, UnaryOperator<@Nullable String> environment) {
        PoliciesCommand policies = new PoliciesCommand(console, environment);
        return new CommandLine(policies, made(environment))
                .addSubcommand("replay", new ReplayCommand(console, options, policies::toolbox));
    }

    /** Makes what several commands have in common. */
    private static CommandLine.IFactory made(UnaryOperator<@Nullable String> environment) {
        CommandLine.IFactory others = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return (type == DatabaseOptions.class)
                        ? type.cast(new DatabaseOptions(environment))
                        : others.create(type);
            }
        };
    }

    private static void setVersion(CommandLine command) {
        String version = EnactCli.class.getPackage().getImplementationVersion();
        command.getCommandSpec().version("enact " + ((version != null) ? version : "(not packaged)"));
        command.getSubcommands().values().forEach(EnactCli::setVersion);
    }

    private static CommandLine.ParseResult deepest(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult result = parsed;
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return result;
    }

    private static String sentence(Exception ex) {
        if (ex instanceof PolicyConfigurationException refusal) {
            return refusal.getDescription() + ". " + refusal.getAction();
        }
        boolean known = ex instanceof CommandException
                || ex instanceof CaptureException
                || ex instanceof EncryptionException
                || ex instanceof ReceiptStoreException
                || ex instanceof ReceiptFormatException
                || ex instanceof UndoLogException
                || ex instanceof UnknownRunException
                || ex instanceof SetupException
                || ex instanceof IllegalArgumentException;
        return (known && ex.getMessage() != null)
                ? ex.getMessage()
                : "The command failed with " + ex.getClass().getSimpleName() + ", which is a bug; please report it";
    }

    private static String usage(ParameterException ex) {
        return ex.getMessage() + ". See '"
                + ex.getCommandLine().getCommandSpec().qualifiedName() + " --help'";
    }
}
