package cloud.enact.policy.facts;

/** What kind of value a field holds. Immutable. */
public sealed interface Shape {

    /** Values that have no parts. */
    enum Simple implements Shape {
        TEXT,
        /** A text, or {@code null} where there is none. */
        TEXT_OR_NULL,
        /** A whole number. */
        NUMBER,
        TRUTH,
        TIME,
        /** Whatever somebody else made of it. */
        ANYTHING
    }

    /**
     * A list.
     *
     * @param element what each element is
     */
    record ListOf(Shape element) implements Shape {}

    /**
     * A map with texts as keys.
     *
     * @param value what each value is
     */
    record MapOf(Shape value) implements Shape {}

    /**
     * A thing with fields.
     *
     * @param type its fields
     */
    record Thing(FactType<?> type) implements Shape {}
}
