package cloud.enact.receipt;

import cloud.enact.action.ResourceRef;
import cloud.enact.encryption.Sealed;
import cloud.enact.policy.EnactMode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns drafts into canonical, masked bytes that lack only their place in the log and their signature, so that the
 * appender has little left to do. Members are written in the order of RFC 8785. Thread-safe.
 */
final class ReceiptWriter {

    private static final int TYPICAL_DECISION = 3072;

    private static final int TYPICAL = 1024;

    /** Stores and exports give no larger receipt back; it would be the end of its log. */
    private static final int MOST_BYTES = 60 * 1024 * 1024;

    private final String log;

    private final ReceiptSigner signer;

    private final Masking masking;

    private final PayloadDigests payloadDigests;

    private final VerdictJson verdicts;

    ReceiptWriter(String log, ReceiptSigner signer, Masking masking) {
        this.log = ReceiptReader.requireLog(log);
        this.signer = signer;
        this.masking = masking;
        this.payloadDigests = new PayloadDigests(signer);
        this.verdicts = new VerdictJson(masking);
        KeyId.require(signer.kid());
        ReceiptFieldReader.requireAlgorithm(signer.alg());
    }

    /**
     * Writes a draft.
     *
     * @throws IllegalArgumentException when the id of an action is not a version 7 UUID
     * @throws cloud.enact.encryption.EncryptionException when it should be encrypted and can't be
     * @throws ReceiptStoreException when it is larger than any receipt may be
     */
    UnsignedReceipt write(ReceiptDraft draft) {
        UnsignedReceipt written = writeAny(draft);
        if (written.json().length() > MOST_BYTES) {
            throw new ReceiptStoreException(
                    "The receipt was not stored: it has " + written.json().length() + " bytes, and " + MOST_BYTES
                            + " are the most that any store gives back. Lower enact.receipts.size, or let one call do"
                            + " less",
                    null);
        }
        return written;
    }

    private UnsignedReceipt writeAny(ReceiptDraft draft) {
        if (isKeyChange(draft)) {
            throw new IllegalArgumentException("Only the log itself records that its key changed");
        }
        MaskedValues known = new MaskedValues(this.masking);
        if (draft.kind() == ReceiptKind.COMPLETED && saysMore(draft)) {
            known.collect(draft.payload());
        }
        ReceiptSealer sealer = this.masking.sealer();
        if (sealer != null && ReceiptSealer.seals(draft.kind())) {
            return sealed(draft, known, sealer);
        }
        int before = known.size();
        UnsignedReceipt written = write(draft, known, this.payloadDigests.begin(), null);
        // names are sorted, so an echo may stand before what it repeats
        return (known.size() > before) ? write(draft, known, this.payloadDigests.begin(), null) : written;
    }

    /** Writes what the log says of its own keys: ids, public keys and signatures, so nothing of it is masked. */
    UnsignedReceipt writeKeyChange(ReceiptDraft draft) {
        return write(draft, new MaskedValues(this.masking), this.payloadDigests.begin(), null);
    }

    private static boolean isKeyChange(ReceiptDraft draft) {
        return draft.kind() == ReceiptKind.KEY && draft.action().equals(KeyChange.ACTION);
    }

    /** Whether there is anything that could repeat an argument. */
    private static boolean saysMore(ReceiptDraft draft) {
        return !draft.actionsTaken().isEmpty()
                || draft.resource() != null
                || draft.outcome() != null && draft.outcome().size() > 1;
    }

    private UnsignedReceipt sealed(ReceiptDraft draft, MaskedValues known, ReceiptSealer sealer) {
        int before = known.size();
        PayloadDigests.OfReceipt digests = this.payloadDigests.begin();
        Hidden hidden = hidden(draft, known, digests);
        if (known.size() > before) {
            hidden = hidden(draft, known, digests);
        }
        byte[] context = ReceiptSealer.context(
                this.log, draft.kind(), draft.runId(), draft.actionId(), Timestamps.normal(draft.timestamp()));
        Sealed sealed = sealer.key(draft).seal(context, hidden.json());
        return write(SealedDraft.readable(draft), known, digests, new SealedPayload(sealed, hidden.payloadDigest()));
    }

    /**
     * What is encrypted.
     *
     * @param json members of the receipt, as it would show them
     */
    private record Hidden(byte[] json, @Nullable String payloadDigest) {}

    private record SealedPayload(Sealed sealed, @Nullable String digest) {}

    private Hidden hidden(ReceiptDraft draft, MaskedValues known, PayloadDigests.OfReceipt digests) {
        JsonBytes out = new JsonBytes((draft.verdicts() != null) ? TYPICAL_DECISION : TYPICAL);
        ReceiptMembers members = new ReceiptMembers(this.masking, out, digests, known);
        // the salt is encrypted with what needs it
        resource(draft.resource(), digests, known);
        List<byte[]> verdicts = this.verdicts.of(draft.verdicts(), digests, known);
        out.raw("{\"action_id\":\"").raw(id(draft.actionId())).raw('"');
        members.reversed(draft.actionsReversed());
        members.steps(draft.actionsTaken());
        members.actor(draft.actor());
        members.outcomeDetail(draft.outcome());
        String digest = members.payload(payload(draft));
        salt(out, digests);
        members.verdicts(draft.verdicts(), verdicts);
        out.raw('}');
        return new Hidden(out.toBytes(), digest);
    }

    private static @Nullable Map<String, @Nullable Object> payload(ReceiptDraft draft) {
        return (draft.kind() != ReceiptKind.COMPLETED) ? draft.payload() : null;
    }

    private UnsignedReceipt write(
            ReceiptDraft draft, MaskedValues known, PayloadDigests.OfReceipt digests, @Nullable SealedPayload sealed) {
        JsonBytes out = new JsonBytes((draft.verdicts() != null || sealed != null) ? TYPICAL_DECISION : TYPICAL);
        ReceiptMembers members = new ReceiptMembers(this.masking, out, digests, known);
        // what stands behind the salt and may need it is prepared before
        String resource = resource(draft.resource(), digests, known);
        List<byte[]> verdicts = this.verdicts.of(draft.verdicts(), digests, known);
        String action = masked(draft.action());
        String actor = masked(draft.actor().id());
        String decision = (draft.decision() != null) ? plain(draft.decision()) : null;

        out.raw("{\"action\":").string(action);
        out.raw(",\"action_id\":\"").raw(id(draft.actionId())).raw('"');
        members.reversed(draft.actionsReversed());
        members.steps(draft.actionsTaken());
        members.actor(draft.actor());
        out.raw(",\"alg\":\"").raw(this.signer.alg()).raw('"');
        members.approval(draft.approval());
        optional(out, ",\"decision\":", decision);
        out.raw(",\"kid\":\"").raw(this.signer.kid());
        out.raw("\",\"kind\":\"").raw(draft.kind().name());
        out.raw("\",\"log\":\"").raw(this.log).raw('"');
        if (draft.mode() != null) {
            out.raw(",\"mode\":").raw(word(draft.mode()));
        }
        if (draft.originalRunId() != null) {
            out.raw(",\"original_run_id\":\"")
                    .raw(draft.originalRunId().toString())
                    .raw('"');
        }
        if (draft.outcome() != null) {
            out.raw(",\"outcome\":").string(plain(String.valueOf(draft.outcome().get(ReceiptDraft.STATUS))));
        }
        members.outcomeDetail(draft.outcome());
        if (draft.parentActionId() != null) {
            out.raw(",\"parent_action_id\":\"").raw(id(draft.parentActionId())).raw('"');
        }
        if (sealed != null) {
            out.raw(",\"payload\":{\"" + SealedContent.MEMBER + "\":");
            CanonicalJson.write(out, sealed.sealed().asMap());
            out.raw('}');
            optional(out, ",\"payload_digest\":", sealed.digest());
        } else if (isKeyChange(draft)) {
            CanonicalJson.write(out.raw(",\"payload\":"), draft.payload());
        } else {
            optional(out, ",\"payload_digest\":", members.payload(payload(draft)));
            salt(out, digests);
        }
        members.verdicts(draft.verdicts(), verdicts);
        if (draft.verdicts() != null) {
            out.raw(",\"policy_set\":").string(plain(draft.verdicts().policySet()));
        }
        int prevAt = out.length();
        if (draft.resource() != null) {
            out.raw(",\"resource\":{\"id\":").string(resource);
            out.raw(",\"type\":").string(plain(draft.resource().type())).raw('}');
        }
        if (draft.reversibility() != null) {
            out.raw(",\"reversibility\":\"").raw(draft.reversibility().name()).raw('"');
        }
        out.raw(",\"run_id\":\"").raw(draft.runId().toString()).raw('"');
        int seqAt = out.length();
        String system = masked(draft.system());
        String workflow = (draft.workflow() != null) ? masked(draft.workflow()) : null;
        out.raw(",\"system\":").string(system);
        out.raw(",\"timestamp\":\"").raw(Timestamps.format(draft.timestamp())).raw("\",\"v\":1");
        optional(out, ",\"workflow\":", workflow);
        out.raw('}');
        return new UnsignedReceipt(
                out,
                prevAt,
                seqAt,
                this.log,
                draft.kind(),
                draft.runId(),
                draft.actionId(),
                Timestamps.normal(draft.timestamp()),
                action,
                actor,
                decision,
                draft.mode(),
                draft.originalRunId(),
                system,
                workflow,
                this.verdicts.objectors(draft.verdicts()));
    }

    private String plain(String text) {
        return this.masking.plain(text);
    }

    /** Names are chosen by callers and models, and may hold a credential as any text may. */
    private String masked(String text) {
        return this.masking.mask(CanonicalJson.repair(text));
    }

    private static String id(UUID id) {
        if (id.version() != 7 || id.variant() != 2) {
            throw new IllegalArgumentException("The id of an action must be a version 7 UUID; use IdGenerator");
        }
        return id.toString();
    }

    static String word(EnactMode mode) {
        return switch (mode) {
            case ENFORCE -> "\"enforce\"";
            case OBSERVE -> "\"observe\"";
        };
    }

    private static void optional(JsonBytes out, String name, @Nullable String value) {
        if (value != null) {
            out.raw(name).string(value);
        }
    }

    private String resource(@Nullable ResourceRef resource, PayloadDigests.OfReceipt digests, MaskedValues known) {
        return (resource != null) ? this.masking.mask(resource.id(), digests, known) : "";
    }

    private static void salt(JsonBytes out, PayloadDigests.OfReceipt digests) {
        optional(out, ",\"payload_salt\":", digests.salt());
    }
}
