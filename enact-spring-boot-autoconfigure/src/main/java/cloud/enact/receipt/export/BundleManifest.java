package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle says it holds.
 *
 * @param complete whether it holds whole logs, from their first entries on
 * @param scope what was asked for, in words
 */
record BundleManifest(boolean complete, String scope) {

    private static final int VERSION = 1;

    private static final int MAX_SCOPE = 4000;

    // of two members of one name another reader may take the other one
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static BundleManifest of(ReceiptFilter filter) {
        if (filter.equals(ReceiptFilter.all())) {
            return new BundleManifest(true, "whole logs");
        }
        RunId run = filter.runId();
        if (run != null && filter.equals(ReceiptFilter.ofRun(run))) {
            return new BundleManifest(false, "run " + run);
        }
        StringBuilder scope = new StringBuilder("receipts");
        append(scope, "of run", filter.runId());
        append(scope, "of kind", filter.kind());
        append(scope, "of action", filter.action());
        append(scope, "of actions that begin with", filter.actionPrefix());
        append(scope, "on system", filter.system());
        append(scope, "of workflow", filter.workflow());
        append(scope, "of actor", filter.actor());
        append(scope, "with decision", filter.decision());
        append(scope, "objected to by policy", filter.policy());
        append(scope, "in mode", filter.mode());
        append(scope, "of rollbacks of run", filter.originalRunId());
        append(scope, "since", filter.since());
        append(scope, "until", filter.until());
        return new BundleManifest(false, Printable.of(scope.toString()));
    }

    private static void append(StringBuilder scope, String word, @Nullable Object value) {
        if (value != null) {
            scope.append(' ').append(word).append(' ').append(value);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws ReceiptFormatException when it is none, or of a later version
     */
    static BundleManifest parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            JsonNode scope = node.path("scope");
            if (node.path("enact_bundle").isInt()
                    && node.path("complete").isBoolean()
                    && scope.isString()
                    && scope.asString().length() <= MAX_SCOPE) {
                if (node.path("enact_bundle").intValue() != VERSION) {
                    throw new ReceiptFormatException(
                            "The bundle was made by a newer version; verify it with that one", null);
                }
                return new BundleManifest(node.path("complete").booleanValue(), Printable.of(scope.asString()));
            }
        } catch (JacksonException ex) {
            throw malformed(ex);
        }
        throw malformed(null);
    }

    private static ReceiptFormatException malformed(@Nullable Exception cause) {
        return new ReceiptFormatException("The manifest of the bundle can't be read", cause);
    }

    String write(JsonText json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("enact_bundle", VERSION);
        map.put("complete", this.complete);
        map.put("scope", this.scope);
        return json.pretty(map);
    }
}
