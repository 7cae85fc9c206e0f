package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a commit came to be from an older one.
 *
 * @param relation where the newer stands
 * @param since commits that were added, oldest first; not all of them where there are very many
 */
record Descent(Relation relation, List<Commit> since) {

    private static final int PAGE = 100;

    private static final int MOST_PAGES = 10;

    /** Where a commit stands, as seen from an older one. */
    enum Relation {
        /** It is the older one, or was made from it. */
        DESCENDANT,
        /** The older one was made from it. */
        ANCESTOR,
        /** Neither. */
        APART
    }

    /** Looks at the way from one commit to another. */
    static Descent between(GitData git, String older, String newer) {
        if (older.equals(newer)) {
            return new Descent(Relation.DESCENDANT, List.of());
        }
        List<Commit> since = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode found = git.client()
                    .get(git.name().path() + "/compare/" + older + "..." + newer + "?per_page=" + PAGE + "&page="
                            + page);
            if (found == null) {
                throw GitHubStep.impossible("GitHub can't compare the commits " + older + " and " + newer);
            }
            Relation relation = switch (found.path("status").asString("")) {
                case "identical", "ahead" -> Relation.DESCENDANT;
                case "behind" -> Relation.ANCESTOR;
                default -> Relation.APART;
            };
            if (relation != Relation.DESCENDANT) {
                return new Descent(relation, List.of());
            }
            JsonNode commits = found.path("commits");
            commits.forEach(commit ->
                    since.add(GitData.commit(commit.path("sha").asString(""), commit, commit.path("commit"))));
            if (commits.isEmpty() || since.size() >= found.path("total_commits").asInt(0)) {
                break;
            }
        }
        return new Descent(Relation.DESCENDANT, List.copyOf(since));
    }

    boolean isDescendant() {
        return this.relation == Relation.DESCENDANT;
    }

    /** The newest of the commits like this; {@code null} when there is none. */
    @Nullable
    Commit newest(Predicate<Commit> like) {
        Commit newest = null;
        for (Commit commit : this.since) {
            newest = like.test(commit) ? commit : newest;
        }
        return newest;
    }
}
