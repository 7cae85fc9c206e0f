package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one receipt of format version 1: checks all of them, keeps the fields of the header. For one
 * receipt; not thread-safe.
 */
final class ReceiptReader {

    private static final KnownTexts NAMES = new KnownTexts(
            "action",
            "action_id",
            "actions_reversed",
            "actions_taken",
            "actor",
            "alg",
            "approval",
            "decision",
            "kid",
            "kind",
            "log",
            "mode",
            "original_run_id",
            "outcome",
            "outcome_detail",
            "parent_action_id",
            "payload",
            "payload_digest",
            "payload_salt",
            "policy_results",
            "policy_set",
            "prev",
            "resource",
            "reversibility",
            "run_id",
            "seq",
            "signature",
            "system",
            "timestamp",
            "v",
            "workflow");

    private final CanonicalParser parser;

    private final ReceiptFieldReader fields;

    private @Nullable String log;

    private @Nullable Long seq;

    private @Nullable String prev;

    private @Nullable ReceiptKind kind;

    private @Nullable RunId runId;

    private @Nullable UUID actionId;

    private @Nullable Instant timestamp;

    private @Nullable String action;

    private @Nullable String actor;

    private @Nullable String decision;

    private @Nullable EnactMode mode;

    private @Nullable RunId originalRunId;

    private @Nullable String system;

    private @Nullable String workflow;

    private Set<String> objectors = Set.of();

    private @Nullable String kid;

    private @Nullable String alg;

    private @Nullable String signature;

    private int signatureStart;

    private int signatureEnd;

    private boolean version;

    private ReceiptReader(byte[] bytes) {
        this.parser = new CanonicalParser(bytes);
        this.fields = new ReceiptFieldReader(this.parser);
    }

    /**
     * Reads a receipt.
     *
     * @throws ReceiptFormatException when the bytes are anything else
     */
    static ReceiptHeader read(byte[] bytes) {
        return new ReceiptReader(bytes).receipt();
    }

    /** Returns the id of a log, or refuses it. */
    static String requireLog(String log) {
        if (!KeyId.isValid(log)) {
            throw new IllegalArgumentException(
                    "The id of a log has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        return log;
    }

    private ReceiptHeader receipt() {
        this.parser.expect('{');
        String previous = "";
        do {
            // the comma before the member is cut out with it
            int start = this.parser.position() - 1;
            String name = this.parser.string(NAMES);
            if (previous.compareTo(name) >= 0) {
                throw this.parser.malformed("names must ascend and be unique");
            }
            previous = name;
            this.parser.expect(':');
            field(name, start);
        } while (this.parser.accept(','));
        this.parser.expect('}');
        this.parser.end();
        if (!this.version) {
            throw missing((this.system != null) ? "v" : "system");
        }
        return new ReceiptHeader(
                required("log", this.log),
                required("seq", this.seq),
                required("prev", this.prev),
                required("kind", this.kind),
                required("run_id", this.runId),
                required("action_id", this.actionId),
                required("timestamp", this.timestamp),
                required("action", this.action),
                required("actor", this.actor),
                this.decision,
                this.mode,
                this.originalRunId,
                required("system", this.system),
                this.workflow,
                this.objectors,
                required("kid", this.kid),
                required("alg", this.alg),
                required("signature", this.signature),
                this.signatureStart,
                this.signatureEnd);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private static ReceiptFormatException missing(String name) {
        return new ReceiptFormatException("The field '" + name + "' is missing", null);
    }

    private void field(String name, int start) {
        switch (name) {
            case "action" -> this.action = this.fields.text(name);
            case "action_id" -> this.actionId = this.fields.id(name);
            case "actions_reversed", "actions_taken" -> this.fields.objects(name);
            case "actor" -> this.actor = this.fields.actorId();
            case "alg" -> this.alg = this.fields.algorithm(name);
            case "approval", "outcome_detail", "payload" -> this.fields.object(name);
            case "decision" -> this.decision = this.fields.text(name);
            case "kid" -> this.kid = this.fields.keyId(name);
            case "kind" -> this.kind = this.fields.kind(name);
            case "log" -> this.log = this.fields.keyId(name);
            case "mode" -> this.mode = this.fields.mode(name);
            case "original_run_id" -> this.originalRunId = new RunId(this.fields.id(name));
            case "parent_action_id" -> this.fields.id(name);
            case "payload_digest" -> this.fields.digest(name);
            case "payload_salt" -> this.fields.base64Url(name);
            case "outcome", "policy_set" -> this.fields.text(name);
            case "policy_results" -> this.objectors = this.fields.objectors(name);
            case "prev" -> this.prev = this.fields.hash(name);
            case "resource" -> this.fields.resource(name);
            case "reversibility" -> this.fields.reversibility(name);
            case "run_id" -> this.runId = new RunId(this.fields.id(name));
            case "seq" -> this.seq = this.fields.positive(name);
            case "signature" -> {
                this.signature = this.fields.base64Url(name);
                this.signatureStart = start;
                this.signatureEnd = this.parser.position();
            }
            case "system" -> this.system = this.fields.text(name);
            case "timestamp" -> this.timestamp = this.fields.timestamp(name);
            case "v" -> version();
            case "workflow" -> this.workflow = this.fields.text(name);
            default ->
                throw new ReceiptFormatException(
                        "Format version 1 has no such field as stands at offset " + start
                                + "; was it written by a newer version of Enact?",
                        null);
        }
    }

    private void version() {
        if (!(this.parser.number() instanceof Long value && value == 1)) {
            throw new ReceiptFormatException(
                    "This version of Enact reads format version 1 only; use the one that wrote the receipt", null);
        }
        this.version = true;
    }
}
