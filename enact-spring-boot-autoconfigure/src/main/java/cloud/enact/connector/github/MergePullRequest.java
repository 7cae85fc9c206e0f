package cloud.enact.connector.github;

import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Merges a pull request as it was when it was decided on: from the same commit, into the same branch. The message of
 * the merge names the step, so that it is known again when the answer is lost.
 */
final class MergePullRequest extends GitHubStep {

    static final List<String> METHODS = List.of("merge", "squash", "rebase");

    private final GitData git;

    private final PullRequest seen;

    private final String method;

    private final @Nullable String pinned;

    private final String marker = UUID.randomUUID().toString();

    private List<Commit> commits = List.of();

    private MergePullRequest(
            GitHubSite site,
            GitData git,
            PullRequest seen,
            String method,
            @Nullable String pinned,
            Map<String, @Nullable Object> args) {
        super(site, GitHubOperation.MERGE_PR, git.name(), args);
        this.git = git;
        this.seen = seen;
        this.method = method;
        this.pinned = pinned;
    }

    /** Looks at the pull request, because a policy can't tell from its number where it leads. */
    static MergePullRequest prepare(GitHubSite site, GitHubArguments args) {
        String method = args.oneOf("method", METHODS);
        String pinned = args.sha("head_sha");
        int number = args.number();
        GitData git = new GitData(site.client(), args.repository());
        PullRequest seen = PullRequest.find(git, number);
        if (seen == null) {
            throw impossible("There is no pull request " + number + " in " + git.name());
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(args.all());
        shown.put("method", method);
        shown.put("base", seen.base().text());
        shown.put("head", seen.head());
        shown.put("head_sha", seen.headSha());
        return new MergePullRequest(site, git, seen, method, pinned, shown);
    }

    @Override
    @Nullable
    Capture look() {
        if (this.seen.merged()) {
            return null;
        }
        if (!this.seen.open()) {
            throw impossible("Pull request " + this.seen.number() + " of " + this.git.name()
                    + " was closed without being merged; reopen it first");
        }
        if (this.pinned != null && !this.pinned.equals(this.seen.headSha())) {
            throw impossible("Pull request " + this.seen.number() + " of " + this.git.name() + " is at "
                    + this.seen.headSha() + " by now, not at 'head_sha'; look at what was added");
        }
        String base = this.git.head(this.seen.base());
        if (base == null) {
            throw impossible("Branch " + this.seen.base() + " of " + this.git.name() + " is gone");
        }
        this.commits = this.seen.commits(this.git);
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        before.put("base", this.seen.base().text());
        before.put("base_sha", base);
        before.put("head_sha", this.seen.headSha());
        before.put("title", CommitMessage.title(this.seen.title()));
        before.put("method", this.method);
        before.put("commits", this.commits.stream().map(Commit::sha).toList());
        before.put("marker", this.marker);
        return this.site.capture(before, Map.of("merged", true));
    }

    @Override
    StepResult change() {
        if (this.seen.merged()) {
            return already("merged", output(this.seen.mergeSha()));
        }
        PullRequest now = again();
        if (now.merged()) {
            return new StepResult(output(now.mergeSha()), "merged", NOTHING);
        }
        if (!now.open()
                || !now.headSha().equals(this.seen.headSha())
                || !now.base().equals(this.seen.base())) {
            throw impossible("Pull request " + now.number() + " of " + this.git.name()
                    + " is not what it was when its merge was decided on; ask again");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("merge_method", this.method);
        body.put("sha", this.seen.headSha());
        String message = message();
        if (!message.isEmpty()) {
            body.put("commit_message", message);
        }
        String sha;
        try {
            sha = client().send("PUT", this.git.name().path() + "/pulls/" + now.number() + "/merge", body)
                    .path("sha")
                    .asString("");
        } catch (GitHubException ex) {
            sha = ex.isInDoubt() ? found(ex) : null;
            if (sha == null) {
                throw ex;
            }
        }
        changed();
        return merged(sha);
    }

    private String message() {
        return switch (this.method) {
            case "merge" -> CommitMessage.step(CommitMessage.title(this.seen.title()), this.marker);
            case "squash" -> {
                StringBuilder lines = new StringBuilder();
                this.commits.forEach(commit -> lines.append("* ")
                        .append(CommitMessage.title(commit.message()))
                        .append("\n"));
                yield CommitMessage.step(lines.toString(), this.marker);
            }
            default -> "";
        };
    }

    private PullRequest again() {
        PullRequest now = PullRequest.find(this.git, this.seen.number());
        if (now == null) {
            throw impossible("There is no pull request " + this.seen.number() + " in " + this.git.name() + " any more");
        }
        return now;
    }

    /** The merge whose answer was lost; {@code null} when there is none. */
    private @Nullable String found(GitHubException doubt) {
        try {
            PullRequest now = again();
            String sha = now.mergeSha();
            boolean ours = now.merged()
                    && sha != null
                    && now.headSha().equals(this.seen.headSha())
                    && (this.method.equals("rebase")
                            || this.git.commit(sha).message().contains(CommitMessage.trailer(this.marker)));
            return ours ? sha : null;
        } catch (GitHubException ex) {
            doubt.addSuppressed(ex);
            return null;
        }
    }

    private StepResult merged(String sha) {
        try {
            MergedChange change = MergedChange.of(this.git, this.commits, sha, this.method.equals("rebase"));
            return done(output(sha), Map.of("merged", true, "sha", sha, "before", change.before()));
        } catch (GitHubException ex) {
            // it is merged, and what was there before is found when it is needed
            return done(output(sha));
        }
    }

    private Map<String, @Nullable Object> output(@Nullable String sha) {
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("number", this.seen.number());
        output.put("base", this.seen.base().text());
        output.put("sha", sha);
        return output;
    }
}
