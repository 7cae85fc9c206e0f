package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Anchors;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.BundleReport;
import cloud.enact.receipt.export.BundleVerifier;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enact verify} and {@code enact receipts verify}: checks a store, or a file without any store. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies the whole store, one run, or an export or a bundle without any store."
                + " Exit status 0: valid, 1: problems, 2: can't be read, 3: nothing is wrong with a bundle, and not"
                + " everything in it could be checked.")
final class VerifyCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What 'receipts export' or 'bundle' wrote.")
    private @Nullable Path file;

    @Mixin
    private final CheckpointKeyOptions checkpointKeys = new CheckpointKeyOptions();

    @Mixin
    private final AnchorOptions against = new AnchorOptions();

    @Option(names = "--report", paramLabel = "FILE", description = "A new web page that shows what a bundle came to.")
    private @Nullable Path report;

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
        if (this.file != null && isBundle(this.file)) {
            if (runId != null) {
                throw new CommandException("--run is for stores and exports; a bundle says itself what it holds");
            }
            return verifyBundle(this.file);
        }
        if (this.report != null) {
            throw new CommandException("--report shows what a bundle came to; there is none");
        }
        if (runId != null && this.against.isGiven()) {
            throw new CommandException("--against speaks of whole logs; verify without --run");
        }
        ReceiptKeys keys = this.options.requiredVerificationKeys();
        CheckpointKeys heads = this.options.checkpointKeys(this.checkpointKeys.keys());
        Anchors anchors = this.against.read(heads);
        Verification verification = (this.file != null)
                ? ExportedFile.verify(this.file, keys, runId, SignedHeads.of(anchors))
                : verifyStore(keys, runId, heads, anchors);
        if (this.json) {
            this.console.json(verification.asMap());
        } else {
            this.console.verification(verification);
            if (runId == null) {
                this.console.line(verification.exposure().summary());
            }
            if (this.file != null && isOfAnotherKind(verification)) {
                this.console.line(
                        "This looks like another kind of file. Name what 'receipts export' wrote in the format"
                                + " ndjson, or what 'receipts bundle' wrote; the file of a store is verified with"
                                + " 'receipts verify --store'");
            }
        }
        return verification.valid() ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private static boolean isOfAnotherKind(Verification found) {
        return found.checked() > 0
                && found.problemCount() == found.checked()
                && found.problems().stream().allMatch(problem -> problem.state() == VerificationState.MALFORMED);
    }

    private static boolean isBundle(Path file) {
        try {
            return BundleVerifier.isBundle(file);
        } catch (IOException ex) {
            throw unreadable(file);
        }
    }

    private static CommandException unreadable(Path file) {
        return new CommandException(
                Files.notExists(file) ? "There is no file " + file : "The file " + file + " can't be read");
    }

    private int verifyBundle(Path bundle) {
        BundleReport found;
        try {
            BundleVerifier verifier =
                    new BundleVerifier(this.options.verificationKeys().verificationKeys(), this.checkpointKeys.keys());
            if (this.against.isGiven()) {
                verifier = verifier.against(this.against.read(this.options.checkpointKeys(this.checkpointKeys.keys())));
            }
            found = verifier.verify(bundle);
        } catch (IOException ex) {
            throw unreadable(bundle);
        }
        if (this.report != null) {
            byte[] page = found.toHtml().getBytes(StandardCharsets.UTF_8);
            NewFile.write(this.report, out -> {
                out.write(page);
                return page.length;
            });
        }
        if (this.json) {
            this.console.json(found.asMap());
        } else {
            found.sentences().forEach(this.console::line);
            this.console.problems(found.verification());
        }
        return switch (found.state()) {
            case VERIFIED -> EnactCli.FINE;
            case NOT_FULLY_CHECKED -> EnactCli.NOT_FULLY_CHECKED;
            case BROKEN -> EnactCli.PROBLEM;
        };
    }

    private Verification verifyStore(
            ReceiptKeys keys, @Nullable RunId runId, CheckpointKeys checkpointKeys, Anchors anchors) {
        try (SqliteReceiptStore store = this.options.openToRead()) {
            SignedHeads heads = SignedHeads.of(checkpointKeys, store).with(anchors);
            ReceiptVerifier verifier = new ReceiptVerifier(store, keys).with(heads);
            return (runId != null) ? verifier.verify(runId) : verifier.verifyAll();
        }
    }
}
