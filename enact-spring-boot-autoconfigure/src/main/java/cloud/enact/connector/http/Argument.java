package cloud.enact.connector.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An argument of an operation.
 *
 * @param name its name
 * @param type its type
 * @param description what it means, for a model, or {@code null}
 * @param required whether it must be given
 * @param preset what it is when it is not given; {@code null} for none
 * @param choices the only values it may have; empty for any
 * @param least shortest text, fewest elements or smallest number; {@code null} for no limit
 * @param most longest text, most elements or largest number; {@code null} for no limit
 * @param items type of the elements of a list, or {@code null} for any
 */
record Argument(
        String name,
        Type type,
        @Nullable String description,
        boolean required,
        @Nullable Object preset,
        List<Object> choices,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        @Nullable Type items) {

    /** How long a text may be unless the declaration says so. */
    private static final int LONGEST = 65_536;

    /** Types of JSON. */
    enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        ARRAY,
        OBJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean fits(@Nullable Object value) {
            return switch (this) {
                case STRING -> value instanceof String;
                case INTEGER -> value instanceof Long || value instanceof BigInteger;
                case NUMBER -> value instanceof Number;
                case BOOLEAN -> value instanceof Boolean;
                case ARRAY -> value instanceof List<?>;
                case OBJECT -> value instanceof Map<?, ?>;
            };
        }

        boolean isSingle() {
            return this != ARRAY && this != OBJECT;
        }
    }

    /** Whether it always has a value. */
    boolean isCertain() {
        return this.required || this.preset != null;
    }

    /**
     * Refuses a value that doesn't fit.
     *
     * @throws IllegalArgumentException with a sentence that echoes no content
     */
    void require(@Nullable Object value) {
        if (!this.type.fits(value)) {
            throw new IllegalArgumentException("'" + this.name + "' must be " + article() + this.type.word());
        }
        if (!this.choices.isEmpty() && this.choices.stream().noneMatch(choice -> Json.same(choice, value))) {
            throw new IllegalArgumentException("'" + this.name + "' must be one of " + this.choices);
        }
        if (this.items != null
                && value instanceof List<?> list
                && !list.stream().allMatch(this.items::fits)) {
            throw new IllegalArgumentException(
                    "'" + this.name + "' must be a list whose elements are each of type " + this.items.word());
        }
        BigDecimal size = size(Objects.requireNonNull(value));
        if (size == null) {
            return;
        }
        String what = (value instanceof String) ? " characters" : (value instanceof List<?>) ? " elements" : "";
        if (this.least != null && size.compareTo(this.least) < 0) {
            throw new IllegalArgumentException("'" + this.name + "' must be at least " + this.least + what);
        }
        BigDecimal limit = (this.most != null || value instanceof Number) ? this.most : BigDecimal.valueOf(LONGEST);
        if (limit != null && size.compareTo(limit) > 0) {
            throw new IllegalArgumentException("'" + this.name + "' must be at most " + limit + what);
        }
    }

    private static @Nullable BigDecimal size(Object value) {
        if (value instanceof String text) {
            return BigDecimal.valueOf(text.codePointCount(0, text.length()));
        }
        if (value instanceof List<?> list) {
            return BigDecimal.valueOf(list.size());
        }
        return (value instanceof Number number) ? Json.decimal(number) : null;
    }

    private String article() {
        return switch (this.type) {
            case INTEGER, ARRAY, OBJECT -> "an ";
            default -> "a ";
        };
    }

    /** Its part of a JSON schema. */
    Map<String, @Nullable Object> schema() {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", this.type.word());
        put(schema, "description", this.description);
        put(schema, "default", this.preset);
        put(schema, "enum", this.choices.isEmpty() ? null : this.choices);
        put(schema, "items", (this.items != null) ? Map.of("type", this.items.word()) : null);
        String least = null;
        String most = null;
        switch (this.type) {
            case STRING -> {
                least = "minLength";
                most = "maxLength";
            }
            case ARRAY -> {
                least = "minItems";
                most = "maxItems";
            }
            case INTEGER, NUMBER -> {
                least = "minimum";
                most = "maximum";
            }
            default -> {}
        }
        if (least != null && most != null) {
            put(schema, least, this.least);
            put(schema, most, this.most);
        }
        return schema;
    }

    private static void put(Map<String, @Nullable Object> schema, String key, @Nullable Object value) {
        if (value != null) {
            schema.put(key, value);
        }
    }
}
