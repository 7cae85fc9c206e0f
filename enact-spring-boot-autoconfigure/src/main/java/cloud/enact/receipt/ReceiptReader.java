package cloud.enact.receipt;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one receipt of format version 1: checks all of them, keeps the fields of the header. For one
 * receipt; not thread-safe.
 */
final class ReceiptReader {

    private static final Pattern LOG = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Pattern DIGEST = Pattern.compile("hmac-sha256:[0-9a-f]{64}");

    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9-]{1,16}");

    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{1,2048}");

    private final CanonicalParser parser;

    private @Nullable String log;

    private long seq;

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

    private @Nullable String kid;

    private @Nullable String alg;

    private @Nullable String signature;

    private int signatureStart;

    private int signatureEnd;

    private boolean system;

    private boolean version;

    private ReceiptReader(byte[] bytes) {
        this.parser = new CanonicalParser(bytes);
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
        if (!LOG.matcher(log).matches()) {
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
            String name = this.parser.string();
            if (previous.compareTo(name) >= 0) {
                throw this.parser.malformed("names must ascend and be unique");
            }
            previous = name;
            this.parser.expect(':');
            field(name, start);
        } while (this.parser.accept(','));
        this.parser.expect('}');
        this.parser.end();
        if (!this.system || !this.version) {
            throw missing(this.system ? "v" : "system");
        }
        return new ReceiptHeader(
                required("log", this.log),
                this.seq,
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
            case "action" -> this.action = text(name);
            case "action_id" -> this.actionId = id(name);
            case "actions_reversed", "actions_taken", "policy_results" -> objects(name);
            case "actor" -> this.actor = actorId();
            case "alg" ->
                this.alg = text(name, value -> ALGORITHM.matcher(value).matches());
            case "approval", "outcome", "payload" -> object(name);
            case "decision" -> this.decision = text(name);
            case "kid" -> this.kid = text(name, KeyId::isValid);
            case "kind" -> this.kind = constant(name, ReceiptKind.values(), text(name));
            case "log" -> this.log = text(name, value -> LOG.matcher(value).matches());
            case "mode" -> this.mode = mode(name);
            case "original_run_id" -> this.originalRunId = new RunId(id(name));
            case "parent_action_id" -> id(name);
            case "payload_digest" -> text(name, value -> DIGEST.matcher(value).matches());
            case "payload_salt" -> text(name, ReceiptReader::isBase64Url);
            case "policy_set", "workflow" -> text(name);
            case "prev" -> this.prev = text(name, ReceiptReader::isHash);
            case "resource" -> resource(name);
            case "reversibility" -> constant(name, Reversibility.values(), text(name));
            case "run_id" -> this.runId = new RunId(id(name));
            case "seq" -> this.seq = seq(name);
            case "signature" -> {
                this.signature = text(name, ReceiptReader::isBase64Url);
                this.signatureStart = start;
                this.signatureEnd = this.parser.position();
            }
            case "system" -> {
                text(name);
                this.system = true;
            }
            case "timestamp" -> this.timestamp = timestamp(name);
            case "v" -> version();
            default ->
                throw new ReceiptFormatException(
                        "Format version 1 has no such field as stands at offset " + start
                                + "; was it written by a newer version of Enact?",
                        null);
        }
    }

    private String text(String name) {
        if (this.parser.peek() != '"') {
            throw wrong(name, null);
        }
        return this.parser.string();
    }

    private String text(String name, Predicate<String> form) {
        String text = text(name);
        if (!form.test(text)) {
            throw wrong(name, null);
        }
        return text;
    }

    private static ReceiptFormatException wrong(String name, @Nullable Exception cause) {
        return new ReceiptFormatException("The field '" + name + "' has no valid value", cause);
    }

    private static boolean isHash(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < 64; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** One text per value: no stray bits behind the last byte, no padding. */
    private static boolean isBase64Url(String text) {
        if (!BASE64URL.matcher(text).matches() || text.length() % 4 == 1) {
            return false;
        }
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    }

    private UUID id(String name) {
        String text = text(name);
        try {
            return RunId.parse(text).value();
        } catch (IllegalArgumentException ex) {
            throw wrong(name, ex);
        }
    }

    private <E extends Enum<E>> E constant(String name, E[] constants, String text) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(name, null));
    }

    private EnactMode mode(String name) {
        return switch (text(name)) {
            case "enforce" -> EnactMode.ENFORCE;
            case "observe" -> EnactMode.OBSERVE;
            default -> throw wrong(name, null);
        };
    }

    private long seq(String name) {
        if (this.parser.number() instanceof Long value && value > 0) {
            return value;
        }
        throw wrong(name, null);
    }

    private Instant timestamp(String name) {
        try {
            return Timestamps.parse(text(name));
        } catch (ReceiptFormatException ex) {
            throw wrong(name, ex);
        }
    }

    private void version() {
        if (!(this.parser.number() instanceof Long value && value == 1)) {
            throw new ReceiptFormatException(
                    "This version of Enact reads format version 1 only; use the one that wrote the receipt", null);
        }
        this.version = true;
    }

    private void object(String name) {
        if (this.parser.peek() != '{') {
            throw wrong(name, null);
        }
        this.parser.skip(1);
    }

    private void objects(String name) {
        if (this.parser.peek() != '[') {
            throw wrong(name, null);
        }
        this.parser.expect('[');
        if (!this.parser.accept(']')) {
            do {
                if (this.parser.peek() != '{') {
                    throw wrong(name, null);
                }
                this.parser.skip(2);
            } while (this.parser.accept(','));
            this.parser.expect(']');
        }
    }

    private String actorId() {
        if (this.parser.peek() == '{'
                && this.parser.value(1) instanceof Map<?, ?> actor
                && actor.get("id") instanceof String id) {
            return id;
        }
        throw wrong("actor", null);
    }

    private void resource(String name) {
        if (!(this.parser.peek() == '{'
                && this.parser.value(1) instanceof Map<?, ?> resource
                && resource.get("id") instanceof String
                && resource.get("type") instanceof String)) {
            throw wrong(name, null);
        }
    }
}
