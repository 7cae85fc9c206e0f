package cloud.enact.policy.builtin.git;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.Requests;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policies for git say of the steps of GitHub connectors. */
class GitHubConnectorPoliciesTests {

    private static final List<String> POLICIES = List.of(
            "git.dont-push-to-main",
            "git.dont-merge-to-main",
            "git.dont-delete-branch",
            "git.dont-force-push",
            "git.max-files-per-commit",
            "git.dont-commit-api-keys",
            "git.require-meaningful-commit-message",
            "filesystem.dont-touch-ci-cd");

    private static final String MESSAGE = "Fix the typo in the README";

    /** The policies that stop a step of each of two instances. */
    private static List<String> stopping(String operation, Map<String, ? extends @Nullable Object> args) {
        Map<String, List<String>> byInstance = new TreeMap<>();
        for (String instance : List.of("github", "github.work")) {
            byInstance.put(
                    instance,
                    POLICIES.stream()
                            .filter(policy -> stops(policy, instance + "." + operation, args))
                            .toList());
        }
        assertThat(byInstance.get("github.work")).isEqualTo(byInstance.get("github"));
        return byInstance.get("github");
    }

    private static boolean stops(String policy, String action, Map<String, ? extends @Nullable Object> args) {
        Object[] namesAndValues = args.entrySet().stream()
                .flatMap(arg -> Stream.of(arg.getKey(), arg.getValue()))
                .toArray();
        Effect effect = Catalogue.set(policy, Map.of())
                .decide(Requests.request(action, namesAndValues))
                .effect();
        return effect == Effect.ASK || effect == Effect.BLOCK;
    }

    @Test
    void aBranchMayBeMadeFromMain() {
        assertThat(stopping("create_branch", Map.of("repo", "acme/main", "branch", "agent/fix", "from", "main")))
                .isEmpty();
    }

    @Test
    void aCommitMayBePushedToABranchOfItsOwn() {
        assertThat(stopping("push_commit", push("agent/fix", MESSAGE, Map.of("README.md", "main"))))
                .isEmpty();
    }

    @Test
    void noCommitIsPushedToMain() {
        assertThat(stopping("push_commit", push("main", MESSAGE, Map.of("README.md", "x"))))
                .containsExactly("git.dont-push-to-main");
    }

    @Test
    void theMessageOfACommitMustSaySomething() {
        assertThat(stopping("push_commit", push("agent/fix", "wip", Map.of("README.md", "x"))))
                .containsExactly("git.require-meaningful-commit-message");
    }

    @Test
    void noKeyIsCommitted() {
        String key = "token = ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";

        assertThat(stopping("push_commit", push("agent/fix", MESSAGE, Map.of("a.txt", key))))
                .containsExactly("git.dont-commit-api-keys");
    }

    @Test
    void noPipelineIsChanged() {
        assertThat(stopping("push_commit", push("agent/fix", MESSAGE, Map.of(".github/workflows/ci.yml", "x"))))
                .containsExactly("filesystem.dont-touch-ci-cd");
    }

    @Test
    void aCommitHasSoManyFilesOnly() {
        Map<String, String> files = IntStream.range(0, 60)
                .boxed()
                .collect(Collectors.toMap(number -> "file" + number + ".txt", number -> "x"));

        assertThat(stopping("push_commit", push("agent/fix", MESSAGE, files)))
                .containsExactly("git.max-files-per-commit");
    }

    @Test
    void aPullRequestToMainMayBeOpened() {
        assertThat(stopping(
                        "create_pr",
                        Map.of(
                                "repo", "acme/shop",
                                "title", "Merge the fix to main",
                                "body", "git push origin main",
                                "head", "agent/fix",
                                "base", "main")))
                .isEmpty();
    }

    @Test
    void noPullRequestIsMergedToMain() {
        assertThat(stopping("merge_pr", merge("main"))).containsExactly("git.dont-merge-to-main");
        assertThat(stopping("merge_pr", merge("release"))).isEmpty();
    }

    @Test
    void noBranchIsDeleted() {
        assertThat(stopping("delete_branch", Map.of("repo", "acme/shop", "branch", "agent/fix")))
                .containsExactly("git.dont-delete-branch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close_pr", "close_issue", "get_pr", "list_branches"})
    void whatChangesNoBranchIsLetThrough(String operation) {
        assertThat(stopping(operation, Map.of("repo", "acme/main", "number", 7)))
                .isEmpty();
    }

    @Test
    void wordsAboutBranchesAreNoChangesOfThem() {
        String talk = "git push --force origin main";

        assertThat(stopping("comment", Map.of("repo", "acme/shop", "number", 7, "body", talk)))
                .isEmpty();
        assertThat(stopping("create_issue", Map.of("repo", "acme/shop", "title", talk, "body", talk)))
                .isEmpty();
        assertThat(stopping("add_label", Map.of("repo", "acme/shop", "number", 7, "label", "main")))
                .isEmpty();
        assertThat(stopping("get_file", Map.of("repo", "acme/shop", "path", "README.md", "ref", "main")))
                .isEmpty();
    }

    private static Map<String, Object> push(String branch, String message, Map<String, String> files) {
        return Map.of("repo", "acme/shop", "branch", branch, "message", message, "files", files);
    }

    private static Map<String, Object> merge(String base) {
        return Map.of(
                "repo",
                "acme/shop",
                "number",
                7,
                "method",
                "squash",
                "base",
                base,
                "head",
                "agent/fix",
                "head_sha",
                "1".repeat(40));
    }
}
