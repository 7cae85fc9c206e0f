package cloud.enact.connector.github;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what taking a change back would come to. Where files alone don't tell, GitHub merges on a branch that is
 * gone again afterwards.
 */
final class TrialMerge {

    private static final int ATTEMPTS = 5;

    /** GitHub lists no more files than that. */
    private static final int MOST_FILES = 300;

    private static final Set<String> IN_PLACE = Set.of("added", "removed", "modified", "changed");

    private final GitData git;

    private final Change change;

    TrialMerge(GitData git, Change change) {
        this.git = git;
        this.change = change;
    }

    /** Whether later commits surely are about other files. */
    boolean isAboutOtherFiles(String before, String head) {
        List<JsonNode> ours = files(before);
        List<JsonNode> later = files(head);
        return areSeparate(ours)
                && areSeparate(later)
                && ours.stream()
                        .noneMatch(one -> later.stream()
                                .anyMatch(other -> overlap(path(one), path(other)) || overlap(path(other), path(one))));
    }

    private List<JsonNode> files(String sha) {
        JsonNode compared = this.git
                .client()
                .get(this.git.name().path() + "/compare/" + this.change.last() + "..." + sha + "?per_page=1");
        return (compared != null && compared.path("files").isArray())
                ? StreamSupport.stream(compared.path("files").spliterator(), false)
                        .toList()
                : List.of();
    }

    /** Whether all of them are known, and none was moved: others may have been taken along with it. */
    private static boolean areSeparate(List<JsonNode> files) {
        Set<String> how =
                files.stream().map(file -> file.path("status").asString("")).collect(Collectors.toSet());
        return !files.isEmpty()
                && files.size() < MOST_FILES
                && IN_PLACE.containsAll(how)
                && !how.containsAll(List.of("added", "removed"));
    }

    /** Whether a path is another one, or leads through it. */
    private static boolean overlap(String path, String other) {
        return (path + "/").startsWith(other + "/");
    }

    private static String path(JsonNode file) {
        return file.path("filename").asString("").toLowerCase(Locale.ROOT);
    }

    /**
     * Has GitHub merge.
     *
     * @param before a commit that takes the change back
     * @param head what it is merged into
     * @return the tree that came of it; {@code null} when both changed the same lines
     */
    @Nullable
    String tree(String before, String head) {
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                try {
                    Commit merge = TemporaryBranch.forTrial(this.git, this.change.id(), head)
                            .merge(before, "Try to take back " + this.change.last());
                    return (merge != null) ? merge.tree() : null;
                } catch (GitHubException ex) {
                    // another preview of this step, or its undo, came to its end and cleaned up
                    if (!ex.isNotFound()) {
                        throw ex;
                    }
                }
            }
        } finally {
            TemporaryBranch.sweepTrials(this.git, this.change.id());
        }
        throw GitHubStep.impossible("The undo of this step is looked at or done by others at this moment; try again");
    }
}
