package cloud.enact.cli;

import cloud.enact.receipt.KeyRange;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code enact receipts keys}: which keys signed what. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Shows which keys signed which entries, as the store tells; 'verify' proves it."
                + " Exit status 1 when one of them is not known here.")
final class KeysCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    KeysCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public Integer call() {
        List<KeyRange> ranges;
        try (SqliteReceiptStore store = this.options.openToRead()) {
            ranges = KeyRange.of(store, this.options.verificationKeys());
        }
        if (this.json) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("keys", ranges.stream().map(KeysCommand::asMap).toList());
            this.console.json(map);
        } else {
            ranges.forEach(range -> this.console.line(range.log() + "  " + range.fromSeq() + "-" + range.toSeq() + "  "
                    + range.kid() + "  " + range.alg() + (range.known() ? "" : "  NOT KNOWN HERE")));
        }
        return ranges.stream().allMatch(KeyRange::known) ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private static Map<String, @Nullable Object> asMap(KeyRange range) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("log", range.log());
        map.put("from_seq", range.fromSeq());
        map.put("to_seq", range.toSeq());
        map.put("kid", range.kid());
        map.put("alg", range.alg());
        map.put("known", range.known());
        return map;
    }

    /** What a receipt says of a change of keys, in one line. */
    static Optional<String> change(Receipt receipt) {
        if (receipt.damage() != null
                || receipt.kind() != ReceiptKind.KEY
                || !(receipt.fields().get("payload") instanceof Map<?, ?> payload)
                || !(payload.get("former_kid") instanceof String former)) {
            return Optional.empty();
        }
        return Optional.of("key " + former + " (" + payload.get("former_alg") + ") is followed by " + payload.get("kid")
                + " (" + payload.get("alg") + ")"
                + (payload.containsKey("former_signature")
                        ? ", and signed that"
                        : ", which it did not sign: it was lost"));
    }
}
