package cloud.enact.connector.github;

import java.util.List;

/**
 * A commit.
 *
 * @param sha its id
 * @param tree id of what it holds
 * @param parents ids of those it was made from
 * @param message what it says
 * @param author who wrote it and when; the same after a rebase
 */
record Commit(String sha, String tree, List<String> parents, String message, String author) {

    Commit {
        parents = List.copyOf(parents);
    }

    /** The same change by the same hand, perhaps in another place. */
    boolean isCopyOf(Commit other) {
        return this.author.equals(other.author) && this.message.strip().equals(other.message.strip());
    }
}
