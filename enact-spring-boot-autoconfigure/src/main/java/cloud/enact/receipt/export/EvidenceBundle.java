package cloud.enact.receipt.export;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes evidence for somebody who has neither the application nor its secret: a zip file with receipts, the checkpoints
 * that prove them, public keys, and what a verification found. The same receipts give the same file. Thread-safe.
 */
public final class EvidenceBundle {

    /** Proofs that are made in one pass over a log. */
    private static final int BATCH = 10_000;

    private final ReceiptStore store;

    private final @Nullable CheckpointStore checkpoints;

    private final ReceiptKeys keys;

    private final List<CheckpointKey> checkpointKeys;

    private final JsonText json = new JsonText();

    private final SignedLines lines = new SignedLines();

    /**
     * Makes bundles.
     *
     * @param store holds the receipts
     * @param checkpoints holds the checkpoints, or {@code null} where there are none
     * @param keys verify the receipts; of those with a public half that goes into the bundle, of others nothing
     * @param checkpointKeys verify the checkpoints
     */
    public EvidenceBundle(
            ReceiptStore store,
            @Nullable CheckpointStore checkpoints,
            ReceiptKeys keys,
            Collection<CheckpointKey> checkpointKeys) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.keys = keys;
        this.checkpointKeys = List.copyOf(checkpointKeys);
    }

    /**
     * Writes a bundle; the stream stays open.
     *
     * @param filter which receipts; everything gives whole logs, of which more can be verified
     * @return what the verification that is in the bundle found
     * @throws IOException when the stream can't be written
     */
    public BundleReport write(ReceiptFilter filter, OutputStream out) throws IOException {
        BundleManifest manifest = BundleManifest.of(filter);
        TrustedKeys trusted = new TrustedKeys(this.keys.verificationKeys(), this.checkpointKeys, List.of(), List.of());
        Findings findings = new Findings();
        Places places = manifest.complete() ? new Places() : Places.of(StoredReceipts.of(this.store, filter));
        Collection<String> logs = manifest.complete() ? this.store.logs() : places.logs();
        try (BundleZip zip = new BundleZip(out)) {
            zip.add(BundleNames.README, BundleTexts.readme(manifest));
            zip.add(BundleNames.MANIFEST, manifest.write(this.json));
            List<Signed> signed = checkpoints(zip, logs, places, trusted, findings);
            List<String> published = keys(zip);
            Inclusion inclusion = manifest.complete() ? new WholeLogs(signed) : proofs(zip, signed, places, findings);
            EvidenceCheck check =
                    new EvidenceCheck(trusted, inclusion, manifest.complete(), SignedHeads.none(), findings);
            zip.add(BundleNames.RECEIPTS, entry -> receipts(filter, manifest, places, check, entry));
            BundleReport report = new BundleReport(manifest, check.end(), findings, signed, published, check.rows());
            zip.add(BundleNames.REPORT_JSON, report.toJson());
            zip.add(BundleNames.REPORT_HTML, report.toHtml());
            zip.add(BundleNames.MAPPING_CSV, BundleTexts.mappingCsv());
            zip.add(BundleNames.MAPPING_MD, BundleTexts.mappingMarkdown());
            return report;
        }
    }

    private List<Signed> checkpoints(
            BundleZip zip, Collection<String> logs, Places places, TrustedKeys trusted, Findings findings)
            throws IOException {
        List<Signed> signed = new ArrayList<>();
        for (String log : logs) {
            Optional<Checkpoint> found = checkpoint(log, places.last(log));
            if (found.isPresent() && signed.size() < BundleNames.MAX_CHECKPOINTS) {
                try {
                    Signed opened = trusted.open(found.get().note());
                    if (!opened.checkpoint().log().equals(log)) {
                        throw new ReceiptFormatException("It is of another log", null);
                    }
                    zip.add(
                            BundleNames.checkpoint(log, opened.checkpoint().size()),
                            found.get().note());
                    signed.add(opened);
                } catch (ReceiptFormatException ex) {
                    findings.problem(
                            log,
                            found.get().size(),
                            VerificationState.BAD_SIGNATURE,
                            "its checkpoint proves nothing. " + ex.getMessage());
                }
            }
        }
        return signed;
    }

    /** The first checkpoint that covers what is wanted of a log, because it was anchored first; else the newest. */
    private Optional<Checkpoint> checkpoint(String log, long last) {
        if (this.checkpoints == null) {
            return Optional.empty();
        }
        List<Checkpoint> covering = (last > 0) ? this.checkpoints.checkpoints(log, last, 1) : List.of();
        return covering.isEmpty()
                ? this.checkpoints.newest(log).map(CheckpointStore.Saved::checkpoint)
                : Optional.of(covering.get(0));
    }

    private List<String> keys(BundleZip zip) throws IOException {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> key : this.keys.publicKeys().entrySet()) {
            zip.add(BundleNames.publicKey(key.getKey()), key.getValue());
            names.add("receipts " + key.getKey() + " sha256:" + Fingerprint.of(key.getValue()));
        }
        if (!this.checkpointKeys.isEmpty()) {
            zip.add(
                    BundleNames.CHECKPOINT_KEYS,
                    this.checkpointKeys.stream().map(key -> key + "\n").collect(Collectors.joining()));
            this.checkpointKeys.forEach(key -> names.add("checkpoints " + key));
        }
        return names;
    }

    private Inclusion proofs(BundleZip zip, List<Signed> signed, Places places, Findings findings) throws IOException {
        ProvenLogs proven = new ProvenLogs();
        InclusionProofs proofs = new InclusionProofs(this.store);
        zip.add(BundleNames.PROOFS, out -> {
            for (Signed each : signed) {
                Checkpoint checkpoint = each.checkpoint();
                InclusionProofs.Result result = InclusionProofs.Result.PROVEN;
                for (int from = 0;
                        from < places.count(checkpoint.log()) && result == InclusionProofs.Result.PROVEN;
                        from += BATCH) {
                    List<Long> batch = places.batch(checkpoint.log(), from, BATCH, checkpoint.size());
                    result = proofs.prove(
                            checkpoint,
                            batch,
                            (seq, proof) -> out.write(new ProofLine(checkpoint.log(), seq, proof).write(this.json)));
                }
                proven.add(each, result, findings);
            }
        });
        return proven;
    }

    private void receipts(
            ReceiptFilter filter, BundleManifest manifest, Places places, EvidenceCheck check, OutputStream out)
            throws IOException {
        Iterator<Receipt> receipts = StoredReceipts.of(this.store, filter);
        while (receipts.hasNext()) {
            Receipt receipt = receipts.next();
            // what came since the proofs were made is for the next bundle
            if (manifest.complete() || receipt.seq() <= places.last(receipt.log())) {
                byte[] line = this.lines.line(receipt);
                out.write(line);
                check.add(Arrays.copyOf(line, line.length - 1));
            }
        }
    }
}
