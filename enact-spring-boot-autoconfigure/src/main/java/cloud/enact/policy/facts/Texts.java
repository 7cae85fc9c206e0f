package cloud.enact.policy.facts;

/** A list of texts, which many fields are. */
final class Texts {

    static final Shape SHAPE = new Shape.ListOf(Shape.Simple.TEXT);

    private Texts() {}
}
