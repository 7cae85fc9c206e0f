package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks git from throwing away changes that nobody committed, and commits that nothing else holds. */
final class BlockGitResetHard extends CommandPolicy {

    static final String NAME = "coding-agent.block-git-reset-hard";

    static final String HARM = "Hours of work that were never committed, or that only one branch held, are gone.";

    private static final String INSTEAD = " Keep the work with 'git stash', or on a branch of its own.";

    BlockGitResetHard() {
        super(NAME, "No work is thrown away.", "git");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().has("git");
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        boolean hard = inputs.words().has("reset") && inputs.words().hasAny(Set.of("hard", "force"))
                || inputs.words().has("discard")
                || inputs.words().has("reset")
                        && inputs.request().args().values().stream()
                                .anyMatch(value -> value instanceof String text
                                        && (text.equalsIgnoreCase("hard") || text.equals("--hard")));
        return hard && inputs.words().has("git") ? block("The action throws uncommitted work away." + INSTEAD) : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Verdict doubt = null;
        for (GitCommand git : inputs.commands().git()) {
            boolean loses = git.has(GitEffect.DISCARDS_CHANGES)
                    || git.has(GitEffect.LOSES_HISTORY)
                    || git.subcommand().startsWith("filter-");
            if (!loses || areMadeAgain(git)) {
                continue;
            }
            String what = "'git " + git.subcommand() + "' throws work away." + INSTEAD;
            if (git.isCertain()) {
                return block(what);
            }
            doubt = ask(what);
        }
        return (doubt == null && shell.commands().stream().anyMatch(BlockGitResetHard::dropsCommits))
                ? ask("The command has git leave commits out." + INSTEAD)
                : doubt;
    }

    /** {@code GIT_SEQUENCE_EDITOR="sed -i s/pick/drop/" git rebase -i …}: nobody edits the list of commits. */
    private static boolean dropsCommits(ShellCommand command) {
        ShellWord editor = command.assignments().get("GIT_SEQUENCE_EDITOR");
        return editor != null && editor.text().contains("drop");
    }

    /** {@code git checkout -- package-lock.json}: what programs write is written again. */
    private static boolean areMadeAgain(GitCommand git) {
        return Set.of("checkout", "restore").contains(git.subcommand())
                && !git.has(GitEffect.LOSES_HISTORY)
                && !git.paths().isEmpty()
                && git.paths().stream()
                        .allMatch(path -> !path.dynamic()
                                && !path.glob()
                                && Generated.are(List.of(
                                        path.text().toLowerCase(Locale.ROOT).split("/"))));
    }
}
