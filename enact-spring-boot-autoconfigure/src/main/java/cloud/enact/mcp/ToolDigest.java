package cloud.enact.mcp;

import cloud.enact.action.Sha256;
import cloud.enact.receipt.CanonicalJson;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The digest of what a server says of a tool: name, description, input schema and annotations in canonical JSON. */
final class ToolDigest {

    /** Deeper than this canonical JSON does not look, so that a change could hide there. */
    private static final int DEEPEST = CanonicalJson.MAX_DEPTH - 8;

    private ToolDigest() {}

    /**
     * The digest, such as {@code sha256:4f1e…}.
     *
     * @return {@code null} when the definition nests too deeply to be looked at as a whole
     */
    static @Nullable String of(McpSchema.Tool tool) {
        if (isDeep(tool.inputSchema(), DEEPEST)) {
            return null;
        }
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("name", tool.name());
        definition.put("description", tool.description());
        definition.put("inputSchema", tool.inputSchema());
        definition.put("annotations", annotations(tool.annotations()));
        return "sha256:" + Sha256.hex(CanonicalJson.write(definition));
    }

    private static @Nullable Map<String, @Nullable Object> annotations(McpSchema.@Nullable ToolAnnotations given) {
        if (given == null) {
            return null;
        }
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        annotations.put("title", given.title());
        annotations.put("readOnlyHint", given.readOnlyHint());
        annotations.put("destructiveHint", given.destructiveHint());
        annotations.put("idempotentHint", given.idempotentHint());
        annotations.put("openWorldHint", given.openWorldHint());
        annotations.put("returnDirect", given.returnDirect());
        return annotations;
    }

    private static boolean isDeep(@Nullable Object value, int left) {
        if (value instanceof Map<?, ?> map) {
            return left == 0 || map.values().stream().anyMatch(member -> isDeep(member, left - 1));
        }
        if (value instanceof Iterable<?> list) {
            for (Object element : list) {
                if (left == 0 || isDeep(element, left - 1)) {
                    return true;
                }
            }
        }
        return false;
    }
}
