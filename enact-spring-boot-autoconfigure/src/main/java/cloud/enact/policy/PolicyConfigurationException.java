package cloud.enact.policy;

/** A policy that can't be set up as configured. Carries its remedy. */
public class PolicyConfigurationException extends RuntimeException {

    private final String action;

    /**
     * Creates the exception.
     *
     * @param description what is wrong, with the names involved
     * @param action what to do about it
     */
    public PolicyConfigurationException(String description, String action) {
        super(description);
        this.action = action;
    }

    public String getDescription() {
        return String.valueOf(getMessage());
    }

    public String getAction() {
        return this.action;
    }
}
