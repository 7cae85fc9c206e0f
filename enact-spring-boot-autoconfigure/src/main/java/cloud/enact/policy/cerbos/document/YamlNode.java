package cloud.enact.policy.cerbos.document;

import cloud.enact.policy.PolicyFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a file and the line it begins in. Aliases and merge keys are resolved. Immutable.
 *
 * @param file what messages call the file
 * @param line the line, from 1
 * @param content a {@code String}, {@code Boolean}, {@code Double}, list or map of nodes, or {@code null}
 */
public record YamlNode(String file, int line, @Nullable Object content) {

    /** Makes the exception that says what is wrong with it. */
    public PolicyFileException wrong(String what, String remedy) {
        return new PolicyFileException(this.file, this.line, what, remedy);
    }

    /** Whether nothing is written. */
    public boolean isNull() {
        return this.content == null;
    }

    /** Whether it is a map. */
    public boolean isMap() {
        return this.content instanceof Map;
    }

    /** The members of a map, in order; none when nothing is written. */
    @SuppressWarnings("unchecked")
    public Map<String, YamlNode> members(String what) {
        if (this.content == null) {
            return Map.of();
        }
        if (!(this.content instanceof Map<?, ?> map)) {
            throw wrong(what + " must be a map", "Write it as key: value.");
        }
        return (Map<String, YamlNode>) map;
    }

    /** The elements of a list, in order; none when nothing is written. */
    @SuppressWarnings("unchecked")
    public List<YamlNode> elements(String what) {
        if (this.content == null) {
            return List.of();
        }
        if (!(this.content instanceof List<?> list)) {
            throw wrong(what + " must be a list", "Write each element in a line of its own, with a dash in front.");
        }
        return (List<YamlNode>) list;
    }

    /** A text. */
    public String text(String what) {
        if (!(this.content instanceof String text)) {
            throw wrong(what + " must be a text", "Write a text, in quotes if it looks like a number.");
        }
        return text;
    }

    /** A text and where it stands. */
    public Located located(String what) {
        return new Located(text(what), this.file, this.line);
    }

    /** A truth value. */
    public boolean flag(String what) {
        if (!(this.content instanceof Boolean flag)) {
            throw wrong(what + " must be true or false", "Write true or false.");
        }
        return flag;
    }

    /** The value as JSON has it. */
    public @Nullable Object plain() {
        if (this.content instanceof Map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            members("this").forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }
        if (this.content instanceof List) {
            List<@Nullable Object> plain = new ArrayList<>();
            elements("this").forEach(element -> plain.add(element.plain()));
            return plain;
        }
        return this.content;
    }
}
