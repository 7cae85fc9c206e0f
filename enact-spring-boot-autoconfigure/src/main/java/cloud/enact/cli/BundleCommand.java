package cloud.enact.cli;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.SignedNote;
import cloud.enact.receipt.export.BundleReport;
import cloud.enact.receipt.export.EvidenceBundle;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code enact receipts bundle}: only ever reads the store. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Makes a zip file of evidence for an auditor: receipts, checkpoints, proofs, public keys and a"
                + " report. Exit status 1 when something is wrong with the receipts; the file is made all the same.")
final class BundleCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Mixin
    private final CheckpointKeyOptions checkpointKeys = new CheckpointKeyOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "A new file, readable for its owner only.")
    private Path output = Path.of("");

    BundleCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public Integer call() {
        ReceiptFilter wanted = this.filter.filter();
        try (SqliteReceiptStore store = this.options.openToRead()) {
            ExportCommand.requireRun(store, wanted.runId());
            Set<CheckpointKey> keys = new LinkedHashSet<>(this.checkpointKeys.keys());
            keys.addAll(derived(store, store.logs()));
            EvidenceBundle bundle = new EvidenceBundle(store, store, this.options.verificationKeys(), keys);
            BundleReport report = NewFile.write(this.output, out -> bundle.write(wanted, out));
            report.sentences().forEach(this.console::line);
            return (report.state() == BundleReport.State.BROKEN) ? EnactCli.PROBLEM : EnactCli.FINE;
        }
    }

    /** Keys that the application derives from its secret; the checkpoints say under which name. */
    private Set<CheckpointKey> derived(CheckpointStore store, List<String> logs) {
        Set<CheckpointKey> keys = new LinkedHashSet<>();
        for (ReceiptSigner signer : this.options.signers()) {
            for (String log : logs) {
                Optional<Checkpoint> newest = store.newest(log).map(CheckpointStore.Saved::checkpoint);
                if (newest.isPresent()) {
                    CheckpointKey key = key(newest.get(), signer);
                    if (key != null) {
                        keys.add(key);
                    }
                }
            }
        }
        return keys;
    }

    private static @Nullable CheckpointKey key(Checkpoint checkpoint, ReceiptSigner signer) {
        try {
            String text = SignedNote.parse(checkpoint.note()).text();
            String origin = text.substring(0, text.indexOf('\n'));
            CheckpointKey key = CheckpointSigner.derivedFrom(origin.substring(0, origin.lastIndexOf('/')), signer)
                    .key();
            CheckpointKeys.of(List.of(key)).open(checkpoint.note());
            return key;
        } catch (ReceiptFormatException | IndexOutOfBoundsException ex) {
            // signed with a key of its own, or not at all, which the report says
            return null;
        }
    }
}
