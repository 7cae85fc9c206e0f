package cloud.enact.policy.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What a single value means by the core schema of YAML 1.2: {@code on}, {@code no} and {@code 22:00} are texts. */
public final class YamlScalar {

    private static final int LONGEST_NUMBER = 40;

    private YamlScalar() {}

    /** A {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double}, or {@code null}. */
    public static @Nullable Object valueOf(ScalarNode scalar) {
        return (scalar.getScalarStyle() == ScalarStyle.PLAIN) ? ofPlain(scalar.getValue()) : scalar.getValue();
    }

    private static @Nullable Object ofPlain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> looksLikeNumber(text) ? number(text) : text;
        };
    }

    /** Rather a text too many than one too few: what is no number after all remains a text. */
    private static boolean looksLikeNumber(String text) {
        return text.length() <= LONGEST_NUMBER
                && text.chars().anyMatch(c -> c >= '0' && c <= '9')
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }

    private static Object number(String text) {
        try {
            if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
                BigInteger number = new BigInteger(text);
                return (number.bitLength() < Long.SIZE) ? (Object) number.longValue() : number;
            }
            double approximate = new BigDecimal(text).doubleValue();
            return Double.isFinite(approximate) ? (Object) approximate : text;
        } catch (NumberFormatException ex) {
            return text;
        }
    }
}
