package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enact verify} and {@code enact receipts verify}: checks a store, or a file without any store. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies the whole store, one run, or an exported file without any store."
                + " Exit status 0: valid, 1: problems, 2: can't be read.")
final class VerifyCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Parameters(arity = "0..1", paramLabel = "EXPORT", description = "A file that 'receipts export' wrote.")
    private @Nullable Path export;

    @Option(
            names = "--run",
            paramLabel = "RUN_ID",
            description = "Only this run; of a file, which may hold nothing else.")
    private @Nullable String run;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    VerifyCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public Integer call() {
        @Nullable RunId runId = (this.run != null) ? RunId.parse(this.run) : null;
        ReceiptKeys keys = this.options.requiredVerificationKeys();
        Verification verification =
                (this.export != null) ? ExportedFile.verify(this.export, keys, runId) : verifyStore(keys, runId);
        if (this.json) {
            this.console.json(verification.asMap());
        } else {
            this.console.verification(verification);
        }
        return verification.valid() ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private Verification verifyStore(ReceiptKeys keys, @Nullable RunId runId) {
        try (SqliteReceiptStore store = this.options.openToRead()) {
            ReceiptVerifier verifier = new ReceiptVerifier(store, keys);
            return (runId != null) ? verifier.verify(runId) : verifier.verifyAll();
        }
    }
}
