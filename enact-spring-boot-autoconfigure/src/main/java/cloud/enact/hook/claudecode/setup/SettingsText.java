package cloud.enact.hook.claudecode.setup;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings as text: what they say, and how they are written by whoever wrote them. */
final class SettingsText {

    private static final String MARK = "\uFEFF";

    private static final Pattern INDENT = Pattern.compile("\\{\\r?\\n([ \\t]+)\"");

    // numbers stay as they are written as far as a number can, and nothing is said twice
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final String text;

    private final ObjectNode settings;

    private SettingsText(String text, ObjectNode settings) {
        this.text = text;
        this.settings = settings;
    }

    static SettingsText empty() {
        return new SettingsText("", JsonNodeFactory.instance.objectNode());
    }

    /**
     * The settings that a file holds.
     *
     * @param name what to call it
     */
    static SettingsText of(byte[] bytes, String name) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException ex) {
            throw new SetupException("The settings " + name + " are no text in UTF-8; correct them first");
        }
        String content = text.startsWith(MARK) ? text.substring(1) : text;
        if (content.isBlank()) {
            return new SettingsText(text, JsonNodeFactory.instance.objectNode());
        }
        JsonNode read;
        try {
            read = JSON.readTree(content);
        } catch (JacksonException ex) {
            TokenStreamLocation where = ex.getLocation();
            // its message repeats what stands there, which may be a secret
            throw new SetupException("The settings " + name + " are no valid JSON"
                    + ((where != null) ? " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")" : "")
                    + "; correct them first");
        }
        if (read instanceof ObjectNode object) {
            return new SettingsText(text, object);
        }
        throw new SetupException("The settings " + name + " are no JSON object; correct them first");
    }

    ObjectNode settings() {
        return this.settings;
    }

    /** Other settings, with the indentation, the line ends and the mark of these. */
    byte[] written(ObjectNode changed) {
        String content = this.text.startsWith(MARK) ? this.text.substring(1) : this.text;
        boolean dense = content.strip().length() > 2 && content.strip().indexOf('\n') < 0;
        String line = content.contains("\r\n") ? "\r\n" : "\n";
        Matcher indent = INDENT.matcher(content);
        DefaultIndenter indenter = new DefaultIndenter(indent.find() ? indent.group(1) : "  ", line);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        String json = dense
                ? JSON.writeValueAsString(changed)
                : JSON.writer().with(printer).writeValueAsString(changed);
        boolean ends = content.isBlank() || content.endsWith("\n");
        String mark = this.text.startsWith(MARK) ? MARK : "";
        return (mark + json + (ends ? line : "")).getBytes(StandardCharsets.UTF_8);
    }
}
