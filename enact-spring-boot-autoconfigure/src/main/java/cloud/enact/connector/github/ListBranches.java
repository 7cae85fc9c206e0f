package cloud.enact.connector.github;

import cloud.enact.undo.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lists the branches of a repository. */
final class ListBranches extends ReadStep {

    private static final int PAGE = 100;

    private static final int MOST_PAGES = 5;

    ListBranches(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.LIST_BRANCHES, arguments, "branches");
    }

    @Override
    StepResult change() {
        List<Map<String, @Nullable Object>> branches = new ArrayList<>();
        boolean more = true;
        for (int page = 1; more && page <= MOST_PAGES; page++) {
            JsonNode elements = client().get(this.repository.path() + "/branches?per_page=" + PAGE + "&page=" + page);
            if (elements == null) {
                throw impossible("There is no such repository, or the token may not see it");
            }
            for (JsonNode branch : elements) {
                branches.add(Map.of(
                        "name",
                        branch.path("name").asString(""),
                        "sha",
                        branch.path("commit").path("sha").asString(""),
                        "protected",
                        branch.path("protected").asBoolean(false)));
            }
            more = elements.size() == PAGE;
        }
        return done(Map.of("branches", branches, "truncated", more));
    }
}
