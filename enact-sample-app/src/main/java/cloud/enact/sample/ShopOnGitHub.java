package cloud.enact.sample;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.kohsuke.github.GHBranch;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;
import org.springframework.stereotype.Component;

/** The shop's repository on GitHub, as people see it: past the agent and its connector. */
@Component
final class ShopOnGitHub {

    private final DemoProperties.GitHub github;

    // a repository of a person keeps the branches of earlier demos
    private final String suffix = UUID.randomUUID().toString().substring(24);

    ShopOnGitHub(DemoProperties properties) {
        this.github = properties.github();
    }

    String repository() {
        return this.github.repository();
    }

    /** A branch that is new in every demo. */
    String branch(String topic) {
        return "agent/" + topic + "-" + this.suffix;
    }

    /** Where it is, and whether that is real. */
    String place() {
        return "GitHub " + repository() + " ("
                + (this.github.simulated() ? "a double on this machine" : this.github.endpoint()) + ")";
    }

    /** Every branch, and what is open. */
    State state() throws IOException {
        GHRepository repository = new GitHubBuilder()
                .withEndpoint(this.github.endpoint().toString())
                .withOAuthToken(this.github.token())
                .build()
                .getRepository(repository());
        Hash hash = new Hash();
        Map<String, String> branches = new TreeMap<>();
        for (GHBranch branch : repository.getBranches().values()) {
            branches.put(branch.getName(), branch.getSHA1());
        }
        branches.forEach((name, commit) -> hash.add(name + " " + commit));
        List<GHPullRequest> pulls = repository.getPullRequests(GHIssueState.OPEN);
        for (GHPullRequest pull : pulls) {
            hash.add("pull request " + pull.getNumber() + " " + pull.getTitle());
        }
        int issues = 0;
        for (GHIssue issue : repository.getIssues(GHIssueState.OPEN)) {
            issues += issue.isPullRequest() ? 0 : 1;
            hash.add("issue " + issue.getNumber() + " " + issue.getTitle());
            for (GHIssueComment comment : issue.getComments()) {
                hash.add("comment " + comment.getBody());
            }
        }
        return new State(hash.hex(), branches, pulls.size(), issues);
    }

    /**
     * What stands there.
     *
     * @param sha256 a digest over all of it
     * @param branches commits by branch
     * @param pullRequests how many are open
     * @param issues how many are open
     */
    record State(String sha256, Map<String, String> branches, int pullRequests, int issues) {

        String describe() {
            return "sha256:" + this.sha256.substring(0, 16) + "  branches " + this.branches.size()
                    + ", open pull requests " + this.pullRequests + ", open issues " + this.issues;
        }
    }
}
