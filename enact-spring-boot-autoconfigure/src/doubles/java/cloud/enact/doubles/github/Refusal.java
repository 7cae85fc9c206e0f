package cloud.enact.doubles.github;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A request that GitHub would not carry out. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private final transient List<ObjectNode> errors;

    Refusal(int status, String message) {
        this(status, message, List.of());
    }

    private Refusal(int status, String message, List<ObjectNode> errors) {
        super(message);
        this.status = status;
        this.errors = errors;
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found");
    }

    static Refusal invalid(String message) {
        return new Refusal(422, message);
    }

    /** A field that cannot have this value. */
    static Refusal invalidField(String resource, String field) {
        ObjectNode error =
                Json.object().put("resource", resource).put("field", field).put("code", "invalid");
        return new Refusal(422, "Validation Failed", List.of(error));
    }

    /** A rule that GitHub explains in words. */
    static Refusal validation(String resource, String message) {
        ObjectNode error =
                Json.object().put("resource", resource).put("code", "custom").put("message", message);
        return new Refusal(422, "Validation Failed", List.of(error));
    }

    int status() {
        return this.status;
    }

    Answer answer() {
        return Answer.refused(this.status, String.valueOf(getMessage()), this.errors);
    }
}
