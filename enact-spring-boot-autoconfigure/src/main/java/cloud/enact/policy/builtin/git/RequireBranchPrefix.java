package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitRefs;
import cloud.enact.analysis.command.PushTarget;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps an agent on branches whose names begin with its prefix. */
final class RequireBranchPrefix extends ArgumentPolicy {

    static final String NAME = "git.require-branch-prefix";

    static final String HARM = "An agent changes branches that belong to people.";

    private static final Set<String> BRANCH_VERBS =
            Set.of("push commit branch checkout switch rebase merge reset cherry revert".split(" "));

    private final String prefix;

    RequireBranchPrefix(PolicyParameters with) {
        super(NAME, "The branch has the prefix.");
        this.prefix = with.string("prefix", "agent/");
        if (this.prefix.indexOf(' ') >= 0 || this.prefix.contains("..") || this.prefix.startsWith("/")) {
            throw with.wrong("prefix", "can't begin the name of a branch", "Use a prefix such as agent/.");
        }
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return isGitAction(inputs)
                || inputs.has(InputName.COMMAND) && !branches(inputs).isEmpty();
    }

    private static boolean isGitAction(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        if (words.isRead()) {
            return false;
        }
        boolean git = words.has("git") || GitActions.areOnHost(words) && words.indexInOperation(BRANCH_VERBS) >= 0;
        return git || inputs.has(InputName.BRANCH);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<ShellWord> named = inputs.has(InputName.COMMAND) ? branches(inputs) : List.of();
        boolean dynamic = false;
        for (ShellWord branch : named) {
            if (branch.dynamic()) {
                dynamic = true;
            } else if (!isBelowPrefix(branch.text())) {
                return objection(branch.text());
            }
        }
        boolean byCommand = inputs.has(InputName.COMMAND) && !inputs.has(InputName.BRANCH);
        if (!(byCommand && (!isGitAction(inputs) || !named.isEmpty()))) {
            Verdict verdict = judgedByArguments(inputs);
            if (verdict != null) {
                return verdict;
            }
        }
        return dynamic ? ask("The name of the branch is only known when the command runs. " + instead()) : pass();
    }

    private @Nullable Verdict judgedByArguments(PolicyInputs inputs) {
        List<String> texts = inputs.texts(InputName.BRANCH);
        if (texts.isEmpty() || inputs.isOversized(InputName.BRANCH)) {
            return block("The call names no branch that could be checked. " + instead());
        }
        for (String text : texts) {
            List<String> targets = GitRefs.targets(text);
            if (targets.isEmpty()) {
                return block("The call names no branch that could be checked. " + instead());
            }
            for (String target : targets) {
                if (!isBelowPrefix(target)) {
                    return objection(target);
                }
            }
        }
        return null;
    }

    /** Branches that commands create or push to. */
    private static List<ShellWord> branches(PolicyInputs inputs) {
        List<ShellWord> branches = new ArrayList<>(1);
        for (GitCommand call : GitCalls.in(inputs)) {
            for (PushTarget target : call.pushTargets()) {
                if (!target.isTag()) {
                    branches.add(new ShellWord(target.branch(), target.dynamic(), false));
                }
            }
            branches.addAll(call.createdBranches());
        }
        return branches;
    }

    private Verdict objection(String branch) {
        return block("The branch " + quoted(branch) + " does not begin with '" + this.prefix + "'. " + instead());
    }

    private boolean isBelowPrefix(String branch) {
        if (!branch.startsWith(this.prefix) || branch.contains("..") || branch.indexOf('*') >= 0) {
            return false;
        }
        // something must be left that is not a separator
        return branch.chars().skip(this.prefix.length()).anyMatch(Character::isLetterOrDigit);
    }

    private String instead() {
        return "Use a branch such as '" + this.prefix + "change'.";
    }
}
