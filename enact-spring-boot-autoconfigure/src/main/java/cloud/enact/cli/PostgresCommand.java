package cloud.enact.cli;

import cloud.enact.connector.postgres.RowsRetention;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.rollback.PruneReport;
import cloud.enact.rollback.UndoPruner;
import cloud.enact.undo.postgres.CaptureDatabase;
import cloud.enact.undo.postgres.CapturePlan;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code enact postgres …}: looks after the capture objects of a database. */
@Command(
        name = "postgres",
        mixinStandardHelpOptions = true,
        description = "Prints, installs, prunes and removes what undo of rows needs in PostgreSQL.",
        synopsisSubcommandLabel = "COMMAND")
final class PostgresCommand {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final Console console;

    private final StoreOptions options;

    PostgresCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "Prints the SQL of what is missing, for a migration; changes nothing.")
    int plan(@Mixin DatabaseOptions database, @Mixin ProtectionOptions protection) {
        CapturePlan plan = protection.in(database.login(), Duration.ZERO).plan();
        plan.skipped().forEach(this.console::error);
        if (plan.isEmpty()) {
            this.console.error("Nothing is missing.");
        }
        // exact text, since it is run: a name with a control character in it is still that name
        this.console.out().print(plan.script());
        return EnactCli.FINE;
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Makes what is missing, in one transaction.")
    int install(
            @Mixin DatabaseOptions database,
            @Mixin ProtectionOptions protection,
            @Mixin LockTimeoutOption lockTimeout) {
        CapturePlan plan =
                protection.in(database.login(), lockTimeout.duration()).install();
        plan.skipped().forEach(this.console::line);
        plan.tables().forEach(table -> this.console.line(table + " is protected"));
        this.console.line(
                plan.isEmpty()
                        ? "Nothing was missing."
                        : plan.statements().size() + " statements were run in one transaction.");
        return EnactCli.FINE;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes everything away, with all undo data: no earlier run can be rolled back after that.")
    int remove(
            @Mixin DatabaseOptions database,
            @Option(names = "--yes", description = "Does it; only says what would go without.") boolean yes,
            @Mixin LockTimeoutOption lockTimeout) {
        CaptureDatabase objects = new CaptureDatabase(database.login(), List.of(), List.of(), lockTimeout.duration());
        CapturePlan removal = objects.removal();
        if (removal.isEmpty()) {
            this.console.line("There is nothing to remove.");
            return EnactCli.FINE;
        }
        if (!yes) {
            throw new CommandException(
                    "Nothing was removed. The triggers of " + removal.tables().size()
                            + " tables and all undo data would go, and no earlier run could be rolled back: say --yes to do it");
        }
        objects.remove();
        removal.tables().forEach(table -> this.console.line(table + " is not protected any more"));
        this.console.line("All undo data is removed.");
        return EnactCli.FINE;
    }

    @Command(
            name = "prune",
            mixinStandardHelpOptions = true,
            description = "Removes undo data by its age, with a receipt in the store.")
    int prune(
            @Mixin DatabaseOptions database,
            @Option(
                            names = "--older-than-days",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "What goes (default: ${DEFAULT-VALUE}).")
                    int days,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        if (days < 1) {
            throw new CommandException("--older-than-days is a number from 1 on");
        }
        String name = database.name();
        RowsRetention rows = new RowsRetention((name != null) ? name : "dataSource", database.login(), LOCK_TIMEOUT);
        ReceiptKeys keys = this.options.signingKeys();
        Clock clock = Clock.systemUTC();
        // a typing error must not make a store
        this.options.openToRead().close();
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.options.store());
                LogLease lease = store.lease(Operator.ids());
                SqliteUndoLog undoLog = SqliteUndoLog.open(store.file(), keys.undoSeal());
                ReceiptLog log = ReceiptLog.groupCommit(
                        lease.log(), store, keys, Masking.defaults(), ReceiptLogOptions.defaults(), clock)) {
            PruneReport report = new UndoPruner(store, log, undoLog, Operator.ids(), clock)
                    .prune(rows, Duration.ofDays(days), Operator.actor());
            if (json) {
                this.console.json(report.asMap());
            } else {
                this.console.line(report.message());
            }
            return EnactCli.FINE;
        }
    }
}
