package cloud.enact.receipt.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in ASCII, so that no text in it steers a terminal or is read in another encoding. Thread-safe. */
final class JsonText {

    private final JsonMapper compact = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    /** On one line. */
    String write(Map<String, @Nullable Object> value) {
        return this.compact.writeValueAsString(value);
    }

    /** Indented, for people. */
    String pretty(Map<String, @Nullable Object> value) {
        return this.compact.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value) + "\n";
    }
}
