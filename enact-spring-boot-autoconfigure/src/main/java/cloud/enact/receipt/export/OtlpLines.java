package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log record of OpenTelemetry per receipt, each line an OTLP request in JSON as the file exporter of OpenTelemetry
 * writes it. Attributes have the names of the GenAI conventions where there are any; arguments and outputs stay out.
 */
final class OtlpLines implements LineFormat {

    private static final int INFO = 9;

    private static final int WARN = 13;

    private static final int ERROR = 17;

    /** Later times don't fit into nanoseconds, and were made up. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

    private final JsonText json = new JsonText();

    @Override
    public byte[] line(Receipt receipt) {
        Map<String, @Nullable Object> scope = new LinkedHashMap<>();
        scope.put("name", "cloud.enact.receipt");
        Map<String, @Nullable Object> scopeLogs = new LinkedHashMap<>();
        scopeLogs.put("scope", scope);
        scopeLogs.put("logRecords", List.of(record(receipt)));
        Attributes resource = new Attributes();
        resource.put("enact.log", receipt.log());
        Map<String, @Nullable Object> resourceLogs = new LinkedHashMap<>();
        resourceLogs.put("resource", Map.of("attributes", resource.list()));
        resourceLogs.put("scopeLogs", List.of(scopeLogs));
        return (this.json.write(Map.of("resourceLogs", List.of(resourceLogs))) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> record(Receipt receipt) {
        Fields fields = Fields.of(receipt);
        boolean damaged = receipt.damage() != null;
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        long seconds = receipt.timestamp().getEpochSecond();
        if (!damaged && seconds >= 0 && seconds < MOST_SECONDS) {
            // 64 bit integers are texts in the JSON of protocol buffers
            record.put(
                    "timeUnixNano",
                    Long.toString(seconds * 1_000_000_000L + receipt.timestamp().getNano()));
        }
        int severity = severity(receipt, fields);
        record.put("severityNumber", severity);
        record.put("severityText", (severity == INFO) ? "INFO" : (severity == WARN) ? "WARN" : "ERROR");
        record.put(
                "eventName",
                "enact.receipt." + (damaged ? "damaged" : receipt.kind().name().toLowerCase(Locale.ROOT)));
        record.put("attributes", attributes(receipt, fields).list());
        return record;
    }

    private static int severity(Receipt receipt, Fields fields) {
        if (receipt.damage() != null) {
            return ERROR;
        }
        String outcome = fields.text("outcome");
        boolean notable = "BLOCK".equals(receipt.decision()) || "FAILED".equals(outcome) || "UNKNOWN".equals(outcome);
        return notable ? WARN : INFO;
    }

    private static Attributes attributes(Receipt receipt, Fields fields) {
        Attributes attributes = new Attributes();
        attributes.put("enact.receipt.id", receipt.log() + "/" + receipt.seq());
        if (receipt.damage() != null) {
            attributes.put("enact.receipt.damage", receipt.damage());
            return attributes;
        }
        Fields actor = fields.object("actor");
        attributes.put("gen_ai.operation.name", "execute_tool");
        attributes.put("gen_ai.tool.name", receipt.action());
        attributes.put("gen_ai.tool.type", "function");
        attributes.put("gen_ai.tool.call.id", receipt.actionId().toString());
        attributes.put("gen_ai.agent.name", actor.text("agent"));
        attributes.put("user.id", receipt.actor());
        attributes.put("error.type", "FAILED".equals(fields.text("outcome")) ? "FAILED" : null);
        attributes.put("enact.receipt.kind", receipt.kind().name());
        attributes.put("enact.run.id", receipt.runId().toString());
        attributes.put("enact.decision", receipt.decision());
        attributes.put("enact.mode", fields.text("mode"));
        List<String> policies = fields.decidingPolicies();
        attributes.put("enact.rule.id", policies.isEmpty() ? null : policies.get(0));
        attributes.put("enact.policy.digest", fields.text("policy_set"));
        attributes.put("enact.outcome", fields.text("outcome"));
        attributes.put("enact.system", fields.text("system"));
        attributes.put("enact.workflow", fields.text("workflow"));
        attributes.put("enact.reversibility", fields.text("reversibility"));
        attributes.put("enact.original.run.id", fields.text("original_run_id"));
        attributes.put("enact.approval.id", fields.object("approval").text("id"));
        attributes.put("enact.receipt.kid", fields.text("kid"));
        attributes.put("enact.receipt.signature", receipt.signature());
        return attributes;
    }

    private static final class Attributes {

        private final List<Map<String, @Nullable Object>> list = new ArrayList<>();

        private void put(String key, @Nullable String value) {
            if (value != null) {
                Map<String, @Nullable Object> attribute = new LinkedHashMap<>();
                attribute.put("key", key);
                attribute.put("value", Map.of("stringValue", value));
                this.list.add(attribute);
            }
        }

        private List<Map<String, @Nullable Object>> list() {
            return List.copyOf(this.list);
        }
    }
}
