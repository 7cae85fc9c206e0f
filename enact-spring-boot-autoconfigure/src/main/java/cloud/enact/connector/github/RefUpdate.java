package cloud.enact.connector.github;

/**
 * A reference that is moved if it still is where it was seen.
 *
 * @param name full name, such as {@code refs/heads/main}
 * @param before where it must be, or {@link #NOTHING}
 * @param after where it goes, or {@link #NOTHING}
 * @param force whether commits may be left behind
 */
record RefUpdate(String name, String before, String after, boolean force) {

    /** What a reference that does not exist points to. */
    static final String NOTHING = "0".repeat(40);

    /** Makes a reference that must not exist. */
    static RefUpdate create(String name, String sha) {
        return new RefUpdate(name, NOTHING, sha, false);
    }

    /** Deletes a reference that must be there. */
    static RefUpdate delete(String name, String sha) {
        return new RefUpdate(name, sha, NOTHING, true);
    }

    /** Moves a reference to a descendant. */
    static RefUpdate forward(String name, String before, String after) {
        return new RefUpdate(name, before, after, false);
    }

    /** Moves a reference anywhere. */
    static RefUpdate reset(String name, String before, String after) {
        return new RefUpdate(name, before, after, true);
    }
}
