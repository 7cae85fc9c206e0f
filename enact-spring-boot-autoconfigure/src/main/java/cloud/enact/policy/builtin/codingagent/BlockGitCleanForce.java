package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Blocks git from deleting files that it does not know. */
final class BlockGitCleanForce extends CommandPolicy {

    static final String NAME = "coding-agent.block-git-clean-force";

    static final String HARM = "Files that git never held, settings and new work among them, are gone for good.";

    BlockGitCleanForce() {
        super(NAME, "No untracked file is deleted.", "git");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().has("git");
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        boolean cleans = inputs.words().has("git") && inputs.words().has("clean");
        return cleans
                        && inputs.request().args().entrySet().stream()
                                .anyMatch(entry ->
                                        entry.getKey().toLowerCase(Locale.ROOT).contains("force")
                                                && Boolean.TRUE.equals(entry.getValue()))
                ? block(reason())
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (GitCommand git : inputs.commands().git()) {
            if (git.has(GitEffect.CLEANS)) {
                return git.isCertain() ? block(reason()) : ask(reason());
            }
        }
        return null;
    }

    private static String reason() {
        return "'git clean' deletes files that nothing else holds. Look with 'git clean -n' and delete single files.";
    }
}
