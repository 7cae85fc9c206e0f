package cloud.enact.connector.http;

/**
 * What a value is put in place of: {@code {title}} of an argument, {@code {before.title}} of what was captured,
 * {@code {result.id}} of what the answer held, {@code {step.key}} of the step's own key.
 *
 * @param origin where the value comes from
 * @param name its name there
 */
record Placeholder(Origin origin, String name) {

    /** Reads what stands between the braces. */
    static Placeholder of(String text) {
        for (Origin origin : Origin.values()) {
            if (!origin.prefix.isEmpty() && text.startsWith(origin.prefix)) {
                return new Placeholder(origin, text.substring(origin.prefix.length()));
            }
        }
        return new Placeholder(Origin.ARGUMENT, text);
    }

    @Override
    public String toString() {
        return "{" + this.origin.prefix + this.name + "}";
    }

    /** Where values come from. */
    enum Origin {
        BEFORE("before."),
        RESULT("result."),
        STEP("step."),
        ARGUMENT("");

        private final String prefix;

        Origin(String prefix) {
            this.prefix = prefix;
        }
    }
}
