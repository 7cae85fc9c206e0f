package cloud.enact.connector.github;

/**
 * What came of moving references: all of them were moved, or none.
 *
 * @param outcome what came of it
 * @param message what GitHub said; empty when they were moved
 */
record RefsResult(Outcome outcome, String message) {

    /** What came of it. */
    enum Outcome {
        /** All are where they should be. */
        MOVED,
        /** One of them was not where it was seen: somebody moved it. */
        STALE,
        /** A rule of the repository protects one of them. */
        PROTECTED,
        /** GitHub refused for another reason, such as an object that does not exist or a lack of rights. */
        REFUSED
    }

    static RefsResult moved() {
        return new RefsResult(Outcome.MOVED, "");
    }

    boolean isMoved() {
        return this.outcome == Outcome.MOVED;
    }
}
