package cloud.enact.receipt;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one receipt of format version 1: checks all of them, keeps the fields of the header. For one
 * receipt; not thread-safe.
 */
final class ReceiptReader {

    private static final String DIGEST = "hmac-sha256:";

    private static final int MAX_ALGORITHM = 16;

    private static final int MAX_BASE64URL = 2048;

    /** Texts of the kinds and classes, looked up for every receipt. */
    private static final Map<String, ReceiptKind> KINDS = constants(ReceiptKind.values());

    private static final Map<String, Reversibility> REVERSIBILITIES = constants(Reversibility.values());

    private static <E extends Enum<E>> Map<String, E> constants(E[] values) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    }

    private final CanonicalParser parser;

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
            case "alg" -> this.alg = text(name, value -> value.length() <= MAX_ALGORITHM && KeyId.isValid(value));
            case "approval", "outcome_detail", "payload" -> object(name);
            case "decision" -> this.decision = text(name);
            case "kid" -> this.kid = text(name, KeyId::isValid);
            case "kind" -> this.kind = constant(name, KINDS);
            case "log" -> this.log = text(name, KeyId::isValid);
            case "mode" -> this.mode = mode(name);
            case "original_run_id" -> this.originalRunId = new RunId(id(name));
            case "parent_action_id" -> id(name);
            case "payload_digest" -> text(name, value -> value.startsWith(DIGEST) && isHash(value, DIGEST.length()));
            case "payload_salt" -> text(name, ReceiptReader::isBase64Url);
            case "outcome", "policy_set", "workflow" -> text(name);
            case "prev" -> this.prev = text(name, value -> isHash(value, 0));
            case "resource" -> resource(name);
            case "reversibility" -> constant(name, REVERSIBILITIES);
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

    private static boolean isHash(String text, int start) {
        if (text.length() != start + 64) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** One text per value: no padding, and no stray bits behind the last byte. */
    private static boolean isBase64Url(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_BASE64URL || length % 4 == 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (sixBits(text.charAt(i)) < 0) {
                return false;
            }
        }
        int stray = switch (length % 4) {
            case 2 -> 0xF;
            case 3 -> 0x3;
            default -> 0;
        };
        return (sixBits(text.charAt(length - 1)) & stray) == 0;
    }

    private static int sixBits(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return (c == '-') ? 62 : (c == '_') ? 63 : -1;
    }

    private UUID id(String name) {
        String text = text(name);
        try {
            return RunId.parse(text).value();
        } catch (IllegalArgumentException ex) {
            throw wrong(name, ex);
        }
    }

    private <E> E constant(String name, Map<String, E> constants) {
        E constant = constants.get(text(name));
        if (constant == null) {
            throw wrong(name, null);
        }
        return constant;
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
