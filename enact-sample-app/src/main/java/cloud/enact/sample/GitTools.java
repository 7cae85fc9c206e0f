package cloud.enact.sample;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.io.IOException;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** Tools of the agent for its git repository. Each names the methods that take it back. */
@Component
public class GitTools {

    private final ShopRepository repository;

    GitTools(Workspace workspace) {
        this.repository = workspace.repository();
    }

    /** Commits all changes. */
    @Tool(name = "git_commit", description = "Commit all changes of the working copy. Returns the commit id.")
    @EnactAction(value = "git.commit", capture = "head", undo = "uncommit")
    @Policy(block = "size(args.message) < 10", reason = "Say what changed and why, in ten characters or more.")
    public String commit(@ToolParam(description = "What changed and why") String message) throws IOException {
        return this.repository.commit(message);
    }

    /** Pushes the current commit to a branch of the origin. */
    @Tool(name = "git_push", description = "Push the current commit to a branch of the origin. Returns its id.")
    @EnactAction(value = "git.push", capture = "originHead", undo = "unpush")
    @Policy("git.dont-push-to-main")
    public String push(@ToolParam(description = "Branch of the origin, without refs/heads/") String branch)
            throws IOException {
        this.repository.push(branch);
        return this.repository.head();
    }

    /** What a commit is about to change. */
    String head() throws IOException {
        return this.repository.head();
    }

    /** Takes a commit back; the changed files stay. */
    void uncommit(String captured) throws IOException {
        this.repository.resetTo(captured);
    }

    /** What a push is about to change. */
    String originHead(String branch) throws IOException {
        return this.repository.originHead(branch);
    }

    /** Takes a push back, unless the branch was moved since. */
    void unpush(String branch, String result, String captured) throws IOException {
        this.repository.restoreOriginHead(branch, result, captured);
    }
}
