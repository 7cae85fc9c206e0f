package cloud.enact.connector.github;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Name of a repository. Neither part can lead anywhere else in a URL.
 *
 * @param owner whose it is
 * @param name its own name
 */
record RepositoryName(String owner, String name) {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    RepositoryName {
        boolean wrong = name.equals(".") || name.equals("..") || name.toLowerCase(Locale.ROOT).endsWith(".git");
        if (wrong || !OWNER.matcher(owner).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'repo' is not the name of a repository: owner/name");
        }
    }

    /**
     * Reads {@code owner/name}.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static RepositoryName of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'repo' is not the name of a repository: owner/name");
        }
        return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Whether it is the same repository: GitHub does not look at capitals. */
    boolean isSame(RepositoryName other) {
        return toString().equalsIgnoreCase(other.toString());
    }

    /** Path of its resources in the REST API. */
    String path() {
        return "/repos/" + this;
    }

    @Override
    public String toString() {
        return this.owner + "/" + this.name;
    }
}
