package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.export.ExportFormat;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.receipt.export.ReceiptExport.Written;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.rollback.UnknownRunException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code enact receipts export}: only ever reads the store. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes receipts, one per line, log by log; without --format exactly as they are signed.")
final class ExportCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    private final Console console;

    private final StoreOptions options;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description = "One of ndjson, csv, ocsf, cloudevents, otlp (default: ${DEFAULT-VALUE}).")
    private String format = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A new file, readable for its owner only (default: standard output).")
    private @Nullable Path output;

    ExportCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public Integer call() {
        ReceiptFilter wanted = this.filter.filter();
        ExportFormat lines = ExportFormat.parse(this.format);
        try (SqliteReceiptStore store = this.options.openToRead()) {
            requireRun(store, wanted.runId());
            ReceiptExport export = new ReceiptExport(store);
            Written written;
            if (this.output != null) {
                written = NewFile.write(this.output, out -> export.write(wanted, lines, out));
            } else {
                written = print(export, wanted, lines);
            }
            if (written.damaged() > 0) {
                this.console.error(written.damaged() + " of the exported entries can't be read; verify the store");
            }
            return (written.damaged() > 0) ? EnactCli.PROBLEM : EnactCli.FINE;
        }
    }

    /** A run that is not there is a mistake of whoever asks, not an empty export. */
    static void requireRun(SqliteReceiptStore store, @Nullable RunId run) {
        if (run != null && store.newest(ReceiptFilter.ofRun(run)).isEmpty()) {
            throw new UnknownRunException(run);
        }
    }

    private Written print(ReceiptExport export, ReceiptFilter wanted, ExportFormat lines) {
        try {
            OutputStream out = new BufferedOutputStream(this.console.bytes(), BUFFER);
            return export.write(wanted, lines, out);
        } catch (IOException ex) {
            throw new CommandException("The receipts can't be written");
        }
    }
}
