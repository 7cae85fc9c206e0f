package cloud.enact.policy;

/** A policy that gave no answer within its time. It carries what to tell, and no stack trace. */
final class PolicyTimeoutException extends RuntimeException {

    private final String reason;

    PolicyTimeoutException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return this.reason;
    }
}
