package cloud.enact.doubles.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stripe's refunds of payment intents. It takes forms and no JSON; a request with a key that it knows is answered as
 * the first one was; nothing is refunded beyond what was paid.
 */
public final class StripeDouble extends VendorServer {

    /** The key it knows. */
    public static final String KEY = "sk_test_stripe";

    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private final Map<String, Long> payments = new HashMap<>();

    private final Map<String, VendorReply> answered = new HashMap<>();

    private final Map<String, String> bodies = new HashMap<>();

    /** Somebody has paid, in the smallest unit of the currency. */
    public synchronized void addPayment(String intent, long amount) {
        this.payments.put(intent, amount);
    }

    /** What of a payment has not been given back. */
    public synchronized long left(String intent) {
        return this.payments.getOrDefault(intent, 0L);
    }

    @Override
    boolean authorized(VendorRequest request) {
        return request.header("Authorization").equals("Bearer " + KEY);
    }

    @Override
    VendorReply unauthorized() {
        return error(401, "invalid_request_error", "", "Invalid API Key provided");
    }

    @Override
    VendorReply limited() {
        return error(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded.");
    }

    @Override
    VendorReply answer(VendorRequest request) {
        if (request.match("POST /v1/refunds").isPresent()) {
            return once(request);
        }
        Optional<List<String>> refund = request.match("GET /v1/refunds/*");
        ObjectNode found = refund.map(ids -> records().get(ids.get(0))).orElse(null);
        return (found != null)
                ? VendorReply.json(200, found)
                : error(404, "invalid_request_error", "resource_missing", "No such refund");
    }

    private VendorReply once(VendorRequest request) {
        String key = request.header("Idempotency-Key");
        VendorReply first = this.answered.get(key);
        if (first != null) {
            return request.body().equals(this.bodies.get(key))
                    ? first.with("Idempotent-Replayed", "true")
                    : error(
                            400,
                            "idempotency_error",
                            "",
                            "Keys for idempotent requests can only be used with the same parameters");
        }
        VendorReply reply = refund(request);
        if (!key.isEmpty()) {
            this.answered.put(key, reply);
            this.bodies.put(key, request.body());
        }
        return reply;
    }

    private VendorReply refund(VendorRequest request) {
        if (!request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            return error(400, "invalid_request_error", "", "The request body is no form");
        }
        Map<String, String> form = request.form();
        String intent = form.getOrDefault("payment_intent", "");
        Long left = this.payments.get(intent);
        if (left == null) {
            return error(404, "invalid_request_error", "resource_missing", "No such payment_intent: '" + intent + "'");
        }
        if (form.containsKey("reason") && !REASONS.contains(form.get("reason"))) {
            return error(400, "invalid_request_error", "", "Invalid reason");
        }
        if (left == 0) {
            return error(400, "invalid_request_error", "charge_already_refunded", "Charge has already been refunded.");
        }
        long amount;
        try {
            amount = Long.parseLong(form.getOrDefault("amount", String.valueOf(left)));
        } catch (NumberFormatException ex) {
            return error(400, "invalid_request_error", "parameter_invalid_integer", "Invalid integer");
        }
        if (amount <= 0 || amount > left) {
            return error(
                    400,
                    "invalid_request_error",
                    "amount_too_large",
                    "Refund amount is greater than unrefunded amount on charge");
        }
        this.payments.put(intent, left - amount);
        String id = "re_" + (1000 + nextChange());
        ObjectNode refund = object().put("id", id).put("object", "refund").put("amount", amount);
        refund.put("payment_intent", intent).put("status", "succeeded");
        records().put(id, refund);
        return VendorReply.json(200, refund);
    }

    private static VendorReply error(int status, String type, String code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("type", type);
        if (!code.isEmpty()) {
            error.put("code", code);
        }
        error.put("message", message);
        return VendorReply.json(status, Map.of("error", error));
    }
}
