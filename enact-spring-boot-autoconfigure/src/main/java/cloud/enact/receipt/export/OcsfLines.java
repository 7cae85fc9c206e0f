package cloud.enact.receipt.export;

import cloud.enact.action.Printable;
import cloud.enact.action.Sha256;
import cloud.enact.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API Activity event (OCSF 1.9.0, class 6003, profiles security_control and ai_operation) per receipt. The receipt
 * itself is {@code raw_data}, to the byte, so that it can be taken out of a SIEM again and verified. The profile
 * record_integrity is not used: it attests the event, and what is signed is the receipt.
 */
final class OcsfLines implements LineFormat {

    private static final String VERSION = "1.9.0";

    private static final int CLASS = 6003;

    private static final int READ = 2;

    private static final int OTHER = 99;

    private final JsonText json = new JsonText();

    @Override
    public byte[] line(Receipt receipt) {
        Fields fields = Fields.of(receipt);
        boolean reads = "READ_ONLY".equals(fields.text("reversibility"));
        int activity = reads ? READ : OTHER;
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("category_uid", 6);
        event.put("category_name", "Application Activity");
        event.put("class_uid", CLASS);
        event.put("class_name", "API Activity");
        event.put("activity_id", activity);
        event.put("activity_name", reads ? "Read" : receipt.kind().name());
        event.put("type_uid", CLASS * 100L + activity);
        event.put("time", receipt.timestamp().toEpochMilli());
        severity(receipt, fields, event);
        event.put("message", message(receipt, fields));
        event.put("metadata", metadata(receipt));
        event.put("actor", actor(receipt, fields));
        event.put("api", api(receipt, fields));
        // a receipt knows no address; the writer of a log is one instance of an application
        event.put("src_endpoint", Map.of("svc_name", "enact", "instance_uid", receipt.log()));
        resource(fields, event);
        status(fields, event);
        control(fields, event);
        agent(receipt, fields, event);
        raw(receipt, event);
        unmapped(receipt, fields, event);
        return (this.json.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void severity(Receipt receipt, Fields fields, Map<String, @Nullable Object> event) {
        String outcome = fields.text("outcome");
        if (receipt.damage() != null) {
            event.put("severity_id", 5);
            event.put("severity", "Critical");
        } else if ("BLOCK".equals(receipt.decision())) {
            event.put("severity_id", 3);
            event.put("severity", "Medium");
        } else if ("FAILED".equals(outcome) || "UNKNOWN".equals(outcome)) {
            event.put("severity_id", 2);
            event.put("severity", "Low");
        } else {
            event.put("severity_id", 1);
            event.put("severity", "Informational");
        }
    }

    private static String message(Receipt receipt, Fields fields) {
        if (receipt.damage() != null) {
            return "A receipt is damaged: " + receipt.damage();
        }
        String result = (fields.text("outcome") != null) ? fields.text("outcome") : receipt.decision();
        return receipt.kind() + " " + Printable.of(receipt.action()) + ((result != null) ? ": " + result : "");
    }

    private static Map<String, @Nullable Object> metadata(Receipt receipt) {
        Map<String, @Nullable Object> product = new LinkedHashMap<>();
        product.put("name", "Enact for Spring");
        product.put("vendor_name", "Enact");
        String version = OcsfLines.class.getPackage().getImplementationVersion();
        if (version != null) {
            product.put("version", version);
        }
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("version", VERSION);
        metadata.put("product", product);
        metadata.put("profiles", List.of("security_control", "ai_operation"));
        metadata.put("uid", receipt.log() + "/" + receipt.seq());
        metadata.put("log_name", receipt.log());
        metadata.put("sequence", receipt.seq());
        metadata.put("event_code", (receipt.damage() == null) ? receipt.kind().name() : "DAMAGED");
        if (receipt.damage() == null) {
            metadata.put("correlation_uid", receipt.runId().toString());
        }
        return metadata;
    }

    private static Map<String, @Nullable Object> actor(Receipt receipt, Fields fields) {
        Fields actor = fields.object("actor");
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("uid", receipt.actor());
        List<Map<String, @Nullable Object>> groups = new ArrayList<>();
        for (String role : actor.texts("roles")) {
            Map<String, @Nullable Object> group = new LinkedHashMap<>();
            group.put("name", role);
            groups.add(group);
        }
        if (!groups.isEmpty()) {
            user.put("groups", groups);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("user", user);
        if (actor.text("agent") != null) {
            result.put("app_name", actor.text("agent"));
        }
        return result;
    }

    private static Map<String, @Nullable Object> api(Receipt receipt, Fields fields) {
        Map<String, @Nullable Object> api = new LinkedHashMap<>();
        api.put("operation", receipt.action());
        if (fields.text("system") != null) {
            Map<String, @Nullable Object> service = new LinkedHashMap<>();
            service.put("name", fields.text("system"));
            api.put("service", service);
        }
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("uid", receipt.actionId().toString());
        api.put("request", request);
        return api;
    }

    private static void resource(Fields fields, Map<String, @Nullable Object> event) {
        Fields resource = fields.object("resource");
        if (resource.text("id") != null) {
            Map<String, @Nullable Object> details = new LinkedHashMap<>();
            details.put("uid", resource.text("id"));
            details.put("type", resource.text("type"));
            event.put("resources", List.of(details));
        }
    }

    private static void status(Fields fields, Map<String, @Nullable Object> event) {
        String outcome = fields.text("outcome");
        if (outcome == null) {
            return;
        }
        int id = switch (outcome) {
            case "SUCCEEDED", "ROLLED_BACK", "NOTHING_TO_UNDO" -> 1;
            case "FAILED", "REFUSED" -> 2;
            case "UNKNOWN" -> 0;
            default -> OTHER;
        };
        event.put("status_id", id);
        event.put(
                "status",
                switch (id) {
                    case 1 -> "Success";
                    case 2 -> "Failure";
                    case 0 -> "Unknown";
                    default -> outcome;
                });
        event.put("status_code", outcome);
    }

    private static void control(Fields fields, Map<String, @Nullable Object> event) {
        String decision = fields.text("decision");
        if (decision == null || !List.of("PASS", "ASK", "BLOCK").contains(decision)) {
            return;
        }
        if ("observe".equals(fields.text("mode"))) {
            put(event, 3, "Observed", 17, "Logged");
        } else if (decision.equals("PASS")) {
            put(event, 1, "Allowed", 1, "Allowed");
        } else if (decision.equals("BLOCK")) {
            put(event, 2, "Denied", 2, "Blocked");
        } else {
            put(event, OTHER, decision, OTHER, decision);
        }
        List<String> policies = fields.decidingPolicies();
        if (!policies.isEmpty()) {
            Map<String, @Nullable Object> policy = new LinkedHashMap<>();
            policy.put("name", policies.get(0));
            policy.put("is_applied", !"observe".equals(fields.text("mode")));
            if (fields.text("policy_set") != null) {
                policy.put("version", fields.text("policy_set"));
            }
            event.put("policy", policy);
        }
    }

    private static void put(
            Map<String, @Nullable Object> event, int action, String actionName, int disposition, String name) {
        event.put("action_id", action);
        event.put("action", actionName);
        event.put("disposition_id", disposition);
        event.put("disposition", name);
    }

    private static void agent(Receipt receipt, Fields fields, Map<String, @Nullable Object> event) {
        String agent = fields.object("actor").text("agent");
        if (agent != null) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("name", agent);
            map.put("instance_uid", receipt.runId().toString());
            map.put("type_id", 0);
            event.put("ai_agent", map);
        }
    }

    private static void raw(Receipt receipt, Map<String, @Nullable Object> event) {
        byte[] bytes = receipt.bytes();
        Map<String, @Nullable Object> hash = new LinkedHashMap<>();
        hash.put("algorithm_id", 3);
        hash.put("algorithm", "SHA-256");
        hash.put("encoding_id", 1);
        hash.put("serialization_id", 1);
        hash.put("value", Sha256.hex(bytes));
        event.put("raw_data", new String(bytes, StandardCharsets.UTF_8));
        event.put("raw_data_hash", hash);
        event.put("raw_data_size", bytes.length);
    }

    private static void unmapped(Receipt receipt, Fields fields, Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> unmapped = new LinkedHashMap<>();
        for (String name : List.of("mode", "workflow", "reversibility", "policy_set", "original_run_id", "prev")) {
            if (fields.text(name) != null) {
                unmapped.put(name, fields.text(name));
            }
        }
        if (receipt.damage() != null) {
            unmapped.put("damage", receipt.damage());
        }
        event.put("unmapped", unmapped);
    }
}
