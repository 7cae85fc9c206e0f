package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import cloud.enact.receipt.Anchors;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptVerificationKey;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks evidence bundles, in constant memory and without a store. Immutable, thread-safe. */
public final class BundleVerifier {

    private final List<ReceiptVerificationKey> keys;

    private final List<CheckpointKey> checkpointKeys;

    private final @Nullable Anchors outside;

    /**
     * Makes a verifier.
     *
     * @param keys keys that receipts may be signed with, known from elsewhere than the bundle
     * @param checkpointKeys keys that checkpoints may be signed with, known from elsewhere
     */
    public BundleVerifier(Collection<? extends ReceiptVerificationKey> keys, Collection<CheckpointKey> checkpointKeys) {
        this(List.copyOf(keys), List.copyOf(checkpointKeys), null);
    }

    private BundleVerifier(
            List<ReceiptVerificationKey> keys, List<CheckpointKey> checkpointKeys, @Nullable Anchors outside) {
        this.keys = keys;
        this.checkpointKeys = checkpointKeys;
        this.outside = outside;
    }

    /**
     * A verifier that holds whole logs against checkpoints which never were in the hands of whoever made the bundle:
     * those in the bundle may be older than the newest receipts that were cut off.
     */
    public BundleVerifier against(Anchors outside) {
        return new BundleVerifier(this.keys, this.checkpointKeys, outside);
    }

    /** Whether a file may be a bundle, and not an export. */
    public static boolean isBundle(Path file) throws IOException {
        return BundleFile.isZip(file);
    }

    /**
     * Checks a bundle.
     *
     * @throws ReceiptFormatException when the file is no bundle; nothing of it is echoed
     * @throws IllegalArgumentException when it is of a part of the logs, and should be held against checkpoints
     * @throws IOException when it can't be read
     */
    public BundleReport verify(Path file) throws IOException {
        try (BundleFile bundle = BundleFile.open(file)) {
            BundleManifest manifest = BundleManifest.parse(bundle.small(BundleNames.MANIFEST));
            if (!manifest.complete() && this.outside != null) {
                throw new IllegalArgumentException(
                        "Checkpoints from outside speak of whole logs, and the bundle holds a part of them");
            }
            List<String> ownKeys = new ArrayList<>();
            TrustedKeys trusted = trusted(bundle, ownKeys);
            Findings findings = new Findings();
            List<Signed> checkpoints = checkpoints(bundle, trusted, findings);
            try (InputStream receipts = bundle.open(BundleNames.RECEIPTS);
                    InputStream proofs = bundle.has(BundleNames.PROOFS)
                            ? bundle.open(BundleNames.PROOFS)
                            : InputStream.nullInputStream()) {
                Inclusion inclusion = manifest.complete()
                        ? new WholeLogs(checkpoints)
                        : new JoinedProofs(new ExportLines(proofs), trusted);
                EvidenceCheck check = new EvidenceCheck(trusted, inclusion, manifest.complete(), heads(), findings);
                ExportLines lines = new ExportLines(receipts);
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    check.add(line);
                }
                return new BundleReport(manifest, check.end(), findings, checkpoints, ownKeys, check.rows());
            }
        } catch (UncheckedIOException ex) {
            throw ex.getCause();
        }
    }

    private SignedHeads heads() {
        return (this.outside != null) ? SignedHeads.of(this.outside) : SignedHeads.none();
    }

    private TrustedKeys trusted(BundleFile bundle, List<String> ownKeys) throws IOException {
        List<ReceiptVerificationKey> own = new ArrayList<>();
        List<CheckpointKey> ownForCheckpoints = new ArrayList<>();
        for (String name : bundle.names()) {
            if (BundleNames.isPublicKey(name)) {
                String pem = text(bundle, name);
                String kid = name.substring("keys/".length(), name.length() - ".pem".length());
                try {
                    own.add(ReceiptVerificationKey.ed25519(kid, pem));
                } catch (IllegalArgumentException ex) {
                    throw new ReceiptFormatException("A key in the bundle can't be read", ex);
                }
                ownKeys.add("receipts " + kid + " sha256:" + Fingerprint.of(pem));
            }
        }
        if (bundle.has(BundleNames.CHECKPOINT_KEYS)) {
            List<String> lines =
                    text(bundle, BundleNames.CHECKPOINT_KEYS).lines().toList();
            for (String line : lines.subList(0, Math.min(lines.size(), BundleNames.MAX_KEYS))) {
                try {
                    ownForCheckpoints.add(CheckpointKey.parse(line));
                } catch (IllegalArgumentException ex) {
                    throw new ReceiptFormatException("A checkpoint key in the bundle can't be read", ex);
                }
                ownKeys.add("checkpoints " + Printable.of(line));
            }
        }
        return new TrustedKeys(this.keys, this.checkpointKeys, own, ownForCheckpoints);
    }

    private static List<Signed> checkpoints(BundleFile bundle, TrustedKeys trusted, Findings findings)
            throws IOException {
        List<Signed> checkpoints = new ArrayList<>();
        for (String name : bundle.names()) {
            if (BundleNames.isCheckpoint(name)) {
                try {
                    Signed signed = trusted.open(text(bundle, name));
                    if (!name.equals(BundleNames.checkpoint(
                            signed.checkpoint().log(), signed.checkpoint().size()))) {
                        throw new ReceiptFormatException("It says something else than its name", null);
                    }
                    checkpoints.add(signed);
                } catch (ReceiptFormatException ex) {
                    findings.problem(
                            "", 0, VerificationState.BAD_SIGNATURE, name + " proves nothing. " + ex.getMessage());
                }
            }
        }
        return checkpoints;
    }

    private static String text(BundleFile bundle, String name) throws IOException {
        return new String(bundle.small(name), StandardCharsets.UTF_8);
    }
}
