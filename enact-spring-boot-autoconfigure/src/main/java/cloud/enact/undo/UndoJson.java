package cloud.enact.undo;

import cloud.enact.action.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the undo log: every Java text and number comes back as it was. Thread-safe. */
final class UndoJson {

    private final JsonMapper json;

    UndoJson() {
        // text is escaped to ASCII, because an unpaired surrogate has no bytes in UTF-8 and must not stop a record
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(UndoDocuments.MAX_BYTES)
                        .maxNameLength(UndoDocuments.MAX_BYTES)
                        .maxDocumentLength(UndoDocuments.MAX_BYTES)
                        .build())
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Writes an object.
     *
     * @throws UndoLogException when it can't be written as JSON
     */
    byte[] bytes(Map<String, @Nullable Object> values) {
        try {
            return this.json.writeValueAsBytes(values);
        } catch (JacksonException ex) {
            // the cause may quote what it could not write, and that may be a secret
            throw new UndoLogException("A step can't be written to the undo log as JSON, so it is not done", null);
        }
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException for anything else
     */
    Map<String, @Nullable Object> parse(byte[] bytes) {
        try {
            return Arguments.freeze(map(this.json.readValue(bytes, Map.class)));
        } catch (JacksonException ex) {
            // the cause quotes what it read
            throw new IllegalArgumentException("Not JSON this version reads");
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("Expected an object");
    }
}
