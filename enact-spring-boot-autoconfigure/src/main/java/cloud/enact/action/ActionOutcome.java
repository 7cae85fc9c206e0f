package cloud.enact.action;

import org.jspecify.annotations.Nullable;

/** What came of an action that was let through. */
public sealed interface ActionOutcome {

    /** Returns the value, or throws what the action threw. */
    @Nullable
    Object unwrap() throws Throwable;

    /**
     * The action returned.
     *
     * @param value what it returned, possibly {@code null}
     */
    record Succeeded(@Nullable Object value) implements ActionOutcome {

        @Override
        public @Nullable Object unwrap() {
            return this.value;
        }
    }

    /**
     * The action threw, also when what it threw is that its transaction was rolled back.
     *
     * @param error what it threw
     */
    record Failed(Throwable error) implements ActionOutcome {

        @Override
        public @Nullable Object unwrap() throws Throwable {
            throw this.error;
        }
    }

    /**
     * Nobody can say: a cancelled subscription, a transaction whose end is unknown.
     *
     * @param reason why it is unknown
     */
    record Unknown(String reason) implements ActionOutcome {

        @Override
        public @Nullable Object unwrap() {
            throw new IllegalStateException("The outcome of the action is unknown: " + this.reason);
        }
    }
}
