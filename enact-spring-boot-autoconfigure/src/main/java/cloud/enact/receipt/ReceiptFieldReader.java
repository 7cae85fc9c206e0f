package cloud.enact.receipt;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the values of a receipt's fields, and refuses every value that format version 1 does not know. */
final class ReceiptFieldReader {

    private static final String DIGEST = "hmac-sha256:";

    private static final int MAX_ALGORITHM = 16;

    private static final int MAX_BASE64URL = 2048;

    private static final byte[] ABSTAINED = "{\"effect\":\"ABSTAIN\",".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PASSED = "{\"effect\":\"PASS\",".getBytes(StandardCharsets.US_ASCII);

    /** Texts of the kinds and classes, looked up for every receipt. */
    private static final Map<String, ReceiptKind> KINDS = constants(ReceiptKind.values());

    private static final Map<String, Reversibility> REVERSIBILITIES = constants(Reversibility.values());

    private static <E extends Enum<E>> Map<String, E> constants(E[] values) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    }

    private final CanonicalParser parser;

    ReceiptFieldReader(CanonicalParser parser) {
        this.parser = parser;
    }

    String text(String name) {
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

    /** The id of a key or a log. */
    String keyId(String name) {
        return text(name, KeyId::isValid);
    }

    String algorithm(String name) {
        return text(name, ReceiptFieldReader::isAlgorithm);
    }

    private static boolean isAlgorithm(String name) {
        return name.length() <= MAX_ALGORITHM && KeyId.isValid(name);
    }

    /** Refuses the name of an algorithm that no receipt could be read with. */
    static void requireAlgorithm(String name) {
        if (!isAlgorithm(name)) {
            throw new IllegalArgumentException("The name of an algorithm has 1 to " + MAX_ALGORITHM
                    + " letters, digits, dots, dashes or underscores");
        }
    }

    String base64Url(String name) {
        return text(name, ReceiptFieldReader::isBase64Url);
    }

    /** The hash of an entry. */
    String hash(String name) {
        return text(name, value -> isHash(value, 0));
    }

    /** A keyed digest. */
    String digest(String name) {
        return text(name, value -> value.startsWith(DIGEST) && isHash(value, DIGEST.length()));
    }

    ReceiptKind kind(String name) {
        return constant(name, KINDS);
    }

    Reversibility reversibility(String name) {
        return constant(name, REVERSIBILITIES);
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

    UUID id(String name) {
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

    EnactMode mode(String name) {
        return switch (text(name)) {
            case "enforce" -> EnactMode.ENFORCE;
            case "observe" -> EnactMode.OBSERVE;
            default -> throw wrong(name, null);
        };
    }

    long positive(String name) {
        if (this.parser.number() instanceof Long value && value > 0) {
            return value;
        }
        throw wrong(name, null);
    }

    Instant timestamp(String name) {
        try {
            return Timestamps.parse(text(name));
        } catch (ReceiptFormatException ex) {
            throw wrong(name, ex);
        }
    }

    void object(String name) {
        if (this.parser.peek() != '{') {
            throw wrong(name, null);
        }
        this.parser.skip(1);
    }

    void objects(String name) {
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

    /** The policies that said ASK or BLOCK in a list of verdicts. */
    Set<String> objectors(String name) {
        Set<String> objectors = Set.of();
        if (this.parser.peek() != '[') {
            throw wrong(name, null);
        }
        this.parser.expect('[');
        if (!this.parser.accept(']')) {
            do {
                if (this.parser.peek() != '{') {
                    throw wrong(name, null);
                }
                // nearly every verdict has no objection, and its first member says so
                if (this.parser.startsWith(ABSTAINED) || this.parser.startsWith(PASSED)) {
                    this.parser.skip(2);
                } else if (this.parser.value(2) instanceof Map<?, ?> verdict
                        && (Effect.ASK.name().equals(verdict.get("effect"))
                                || Effect.BLOCK.name().equals(verdict.get("effect")))
                        && verdict.get("policy") instanceof String policy) {
                    objectors = objectors.isEmpty() ? new LinkedHashSet<>() : objectors;
                    objectors.add(policy);
                }
            } while (this.parser.accept(','));
            this.parser.expect(']');
        }
        return Collections.unmodifiableSet(objectors);
    }

    String actorId() {
        if (this.parser.peek() != '{') {
            throw wrong("actor", null);
        }
        String id = this.parser.texts(1, "id")[0];
        if (id == null) {
            throw wrong("actor", null);
        }
        return id;
    }

    void resource(String name) {
        if (this.parser.peek() != '{') {
            throw wrong(name, null);
        }
        @Nullable String[] texts = this.parser.texts(1, "id", "type");
        if (texts[0] == null || texts[1] == null) {
            throw wrong(name, null);
        }
    }
}
