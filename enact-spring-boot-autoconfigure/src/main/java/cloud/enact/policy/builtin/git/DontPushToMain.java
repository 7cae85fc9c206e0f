package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitRefs;
import cloud.enact.analysis.command.PushTarget;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks a push that would update a protected branch, however it is written. */
final class DontPushToMain extends ArgumentPolicy {

    static final String NAME = "git.dont-push-to-main";

    static final String HARM = "Unreviewed changes reach a protected branch, from which everybody builds.";

    private static final Set<String> PUSHED = Set.of("branch", "commit", "commits", "changes", "ref", "repo");

    private static final Set<String> WRITES =
            Set.of("create update upsert put upload edit write delete replace move force set".split(" "));

    private static final Set<String> WRITTEN = Set.of("file files content contents ref reference tree blob".split(" "));

    private static final Set<String> COMMITS = Set.of("commit", "commits");

    private static final int LONGEST_COMMAND = 64 * 1024;

    private final ProtectedBranches branches;

    DontPushToMain(PolicyParameters with) {
        super(NAME, "No protected branch is pushed to.");
        this.branches = new ProtectedBranches(with);
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return isPush(inputs)
                || inputs.has(InputName.COMMAND)
                        && (CommandLines.areUnreadable(inputs)
                                || GitCalls.in(inputs).stream().anyMatch(GitCommand::pushes));
    }

    private boolean isPush(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        if (words.isRead()) {
            return false;
        }
        boolean namesBranch = inputs.has(InputName.BRANCH) || inputs.has(InputName.BASE);
        if (words.has("push")) {
            return namesBranch
                    || inputs.has(InputName.PUSH_TARGET)
                    || GitActions.areGit(words)
                    || words.indexInOperation(PUSHED) >= 0
                    || !namedByAction(words).isEmpty();
        }
        // through the interfaces of git hosts a commit is a push
        return namesBranch && GitActions.areOnHost(words) && writesToBranch(words);
    }

    private static boolean writesToBranch(ActionWords words) {
        return words.indexInOperation(COMMITS) >= 0
                || words.indexInOperation(WRITES) >= 0 && words.indexInOperation(WRITTEN) >= 0;
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<GitCommand> calls = GitCalls.in(inputs);
        Verdict verdict = judged(calls);
        if (verdict != null) {
            return verdict;
        }
        if (inputs.named() && !GitActions.areNoPush(inputs.words()) || isPush(inputs)) {
            boolean understood = inputs.has(InputName.COMMAND)
                    && inputs.commands().git().stream().anyMatch(GitCommand::pushes);
            verdict = judgedByArguments(inputs, understood);
            if (verdict != null) {
                return verdict;
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell what the command does. Write it without constructs that hide it.")
                : pass();
    }

    private @Nullable Verdict judged(List<GitCommand> calls) {
        boolean uncertain = false;
        for (GitCommand call : calls) {
            for (PushTarget target : call.pushTargets()) {
                boolean unknown = target.dynamic() || isHead(target.branch());
                Verdict verdict = unknown ? null : objection(target.branch());
                if (verdict != null) {
                    return verdict;
                }
                uncertain |= unknown;
            }
            uncertain |= call.pushes() && !call.isCertain();
        }
        return uncertain
                ? ask("What the push updates is only known when it runs. Name the branch. " + this.branches.instead())
                : null;
    }

    private @Nullable Verdict judgedByArguments(PolicyInputs inputs, boolean commandsUnderstood) {
        if (inputs.isOversized(InputName.BRANCH)
                || inputs.isOversized(InputName.BASE)
                || pushes(inputs) && inputs.isOversized(InputName.PUSH_TARGET)) {
            return block("The branch is too long to be a branch. " + this.branches.instead());
        }
        if (inputs.texts(InputName.COMMAND).stream().anyMatch(text -> text.length() > LONGEST_COMMAND)) {
            return block("The command is too long to be a push. " + this.branches.instead());
        }
        for (String target : targets(inputs, commandsUnderstood)) {
            Verdict verdict = objection(target);
            if (verdict != null) {
                return verdict;
            }
        }
        return null;
    }

    private static boolean isHead(String target) {
        return target.equalsIgnoreCase("HEAD") || target.startsWith("@");
    }

    private @Nullable Verdict objection(String target) {
        if (isHead(target)) {
            return block(
                    "HEAD may stand for a protected branch. Name the branch to push to. " + this.branches.instead());
        }
        return (this.branches.include(target) || this.branches.mayInclude(target))
                ? block("The push would update the protected branch " + quoted(target) + ". " + this.branches.instead())
                : null;
    }

    private List<String> targets(PolicyInputs inputs, boolean commandsUnderstood) {
        List<String> texts = new ArrayList<>(inputs.texts(InputName.BRANCH));
        if (pushes(inputs)) {
            texts.addAll(inputs.texts(InputName.PUSH_TARGET));
        }
        if (texts.isEmpty() && !commandsUnderstood) {
            texts.addAll(inputs.texts(InputName.BASE));
        }
        if (inputs.words().has("push") && !commandsUnderstood) {
            texts.addAll(inputs.texts(InputName.COMMAND));
        }
        List<String> targets = new ArrayList<>(2);
        for (String text : texts) {
            targets.addAll(GitRefs.targets(text));
        }
        return (targets.isEmpty() && !commandsUnderstood) ? namedByAction(inputs.words()) : targets;
    }

    private static boolean pushes(PolicyInputs inputs) {
        return inputs.named() || inputs.words().has("push");
    }

    /** A tool {@code pushToMain()} says it all in its name. */
    private List<String> namedByAction(ActionWords words) {
        return words.operation().stream().filter(this.branches::include).toList();
    }
}
