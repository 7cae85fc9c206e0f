package cloud.enact.cli;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.SubjectErasure;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code enact encryption …}: the keys of what is encrypted. */
@Command(
        name = "encryption",
        mixinStandardHelpOptions = true,
        description = "Erases what is kept of a subject, and changes the master key.",
        synopsisSubcommandLabel = "COMMAND")
final class EncryptionCommand {

    private final Console console;

    private final StoreOptions options;

    EncryptionCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Command(
            name = "erase-subject",
            mixinStandardHelpOptions = true,
            description = "Drops the key of a subject, for ever: what is kept of it can't be read any more, by nobody."
                    + " Exit status 1 when nothing of it is encrypted.")
    int erase(
            @Option(
                            names = "--subject",
                            paramLabel = "ID",
                            description = "Whose data: the actor, unless the application names others.")
                    @Nullable
                    String subject,
            @Option(
                            names = "--data-key",
                            paramLabel = "KEY",
                            description = "The key, as a receipt names it, in the place of the subject.")
                    @Nullable
                    String kid,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "Why; goes to a receipt, readable, so don't name the subject in it.")
                    @Nullable
                    String reason) {
        if ((subject == null) == (kid == null)) {
            throw new CommandException("Name either --subject or --data-key");
        }
        try (CliKeys keys = CliKeys.required(this.options)) {
            Optional<String> dropped = recorded(keys, erasure -> {
                if (subject != null) {
                    return erasure.erase(subject, Operator.actor(), reason);
                }
                return (kid != null && erasure.eraseKey(kid, Operator.actor(), reason))
                        ? Optional.of(kid)
                        : Optional.empty();
            });
            this.console.line(dropped.map(key -> "Key " + key + " is dropped; what it encrypted is erased.")
                    .orElse("Nothing of that subject is encrypted here."));
            return dropped.isPresent() ? EnactCli.FINE : EnactCli.PROBLEM;
        }
    }

    /** Something that receipts tell of. */
    private interface Work {
        Optional<String> with(SubjectErasure erasure);
    }

    private Optional<String> recorded(CliKeys keys, Work work) {
        ReceiptKeys signing = this.options.signingKeys();
        IdGenerator ids = Operator.ids();
        Clock clock = Clock.systemUTC();
        try (SqliteReceiptStore readable = this.options.openToRead()) {
            // a typing error in the file must not make a store
            readable.logs();
        }
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.options.store());
                LogLease lease = store.lease(ids);
                ReceiptLog log = ReceiptLog.groupCommit(
                        lease.log(), store, signing, Masking.defaults(), ReceiptLogOptions.defaults(), clock)) {
            return work.with(new SubjectErasure(keys.ring(), () -> log, ids, clock));
        }
    }

    @Command(
            name = "rewrap",
            mixinStandardHelpOptions = true,
            description = "Wraps every data key with the current master key, so that the former one can be taken away.")
    int rewrap() {
        try (CliKeys keys = CliKeys.required(this.options)) {
            this.console.line(keys.ring().rewrap() + " data keys are wrapped anew.");
            return EnactCli.FINE;
        }
    }
}
