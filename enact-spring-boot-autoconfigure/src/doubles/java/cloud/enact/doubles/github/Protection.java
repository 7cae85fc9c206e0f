package cloud.enact.doubles.github;

/** What a protected branch takes; nobody pushes to it through the API, deletes it or rewrites it. */
public enum Protection {

    /** Merges of pull requests only. */
    PULL_REQUESTS,

    /** Not even those, as long as a review is missing. */
    REVIEWS
}
