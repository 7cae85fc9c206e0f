package cloud.enact.receipt.export;

import java.util.List;
import java.util.Set;

/** What the files in a bundle are called. A bundle holds these and no others. */
final class BundleNames {

    static final String README = "README.txt";

    static final String MANIFEST = "manifest.json";

    static final String RECEIPTS = "receipts.jsonl";

    static final String PROOFS = "proofs.jsonl";

    static final String CHECKPOINT_KEYS = "keys/checkpoints.vkey";

    static final String REPORT_JSON = "report.json";

    static final String REPORT_HTML = "report.html";

    static final String MAPPING_CSV = "mapping.csv";

    static final String MAPPING_MD = "mapping.md";

    /** Files whose number the log decides. */
    static final int MAX_CHECKPOINTS = 1000;

    static final int MAX_KEYS = 100;

    private static final Set<String> FIXED = Set.of(
            README, MANIFEST, RECEIPTS, PROOFS, CHECKPOINT_KEYS, REPORT_JSON, REPORT_HTML, MAPPING_CSV, MAPPING_MD);

    private static final String CHECKPOINTS = "checkpoints/";

    private static final String KEYS = "keys/";

    private BundleNames() {}

    static String checkpoint(String log, long size) {
        return CHECKPOINTS + log + "-" + size + ".note";
    }

    static String publicKey(String kid) {
        return KEYS + kid + ".pem";
    }

    static boolean isCheckpoint(String name) {
        return name.startsWith(CHECKPOINTS) && name.endsWith(".note") && isPlain(name, CHECKPOINTS.length());
    }

    static boolean isPublicKey(String name) {
        return name.startsWith(KEYS) && name.endsWith(".pem") && isPlain(name, KEYS.length());
    }

    static boolean isFolder(String name) {
        return name.equals(CHECKPOINTS) || name.equals(KEYS);
    }

    static boolean isKnown(String name) {
        return FIXED.contains(name) || isCheckpoint(name) || isPublicKey(name);
    }

    /** Files without which a bundle is none. */
    static List<String> required() {
        return List.of(MANIFEST, RECEIPTS);
    }

    /** Whether the rest of a name is that of one file: ids of logs and keys, no path. */
    private static boolean isPlain(String name, int from) {
        return name.length() - from <= 128
                && name.chars()
                        .skip(from)
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '-'
                                || c == '_');
    }
}
