package cloud.enact.policy.builtin.git;

import cloud.enact.action.ActionPattern;
import cloud.enact.analysis.command.GitRefs;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private final List<ActionPattern> branches;

    private final @Nullable String alternative;

    DontPushToMain(PolicyParameters with) {
        super(NAME, "No protected branch is pushed to.");
        this.branches = with.strings("branches", List.of("main", "master")).stream()
                .map(branch -> new ActionPattern(folded(branch)))
                .toList();
        if (this.branches.isEmpty()) {
            throw with.wrong("branches", "is empty", "Name at least one branch, or remove the policy.");
        }
        this.alternative = List.of("agent/change", "feature/change").stream()
                .filter(branch -> !isProtected(branch))
                .findFirst()
                .orElse(null);
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
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
        if (inputs.isOversized(InputName.BRANCH)
                || inputs.isOversized(InputName.BASE)
                || pushes(inputs) && inputs.isOversized(InputName.PUSH_TARGET)) {
            return block("The branch is too long to be a branch. " + instead());
        }
        if (inputs.texts(InputName.COMMAND).stream().anyMatch(text -> text.length() > LONGEST_COMMAND)) {
            return block("The command is too long to be a push. " + instead());
        }
        for (String target : targets(inputs)) {
            if (target.equalsIgnoreCase("HEAD") || target.startsWith("@")) {
                return block("HEAD may stand for a protected branch. Name the branch to push to. " + instead());
            }
            if (isProtected(target) || isPatternOverProtected(target)) {
                return block("The push would update the protected branch " + quoted(target) + ". " + instead());
            }
        }
        return pass();
    }

    private List<String> targets(PolicyInputs inputs) {
        List<String> texts = new ArrayList<>(inputs.texts(InputName.BRANCH));
        if (pushes(inputs)) {
            texts.addAll(inputs.texts(InputName.PUSH_TARGET));
        }
        if (texts.isEmpty()) {
            texts.addAll(inputs.texts(InputName.BASE));
        }
        if (pushes(inputs)) {
            texts.addAll(inputs.texts(InputName.COMMAND));
        }
        List<String> targets = new ArrayList<>(2);
        for (String text : texts) {
            targets.addAll(GitRefs.targets(text));
        }
        return targets.isEmpty() ? namedByAction(inputs.words()) : targets;
    }

    private static boolean pushes(PolicyInputs inputs) {
        return inputs.named() || inputs.words().has("push");
    }

    /** A tool {@code pushToMain()} says it all in its name. */
    private List<String> namedByAction(ActionWords words) {
        return words.operation().stream().filter(this::isProtected).toList();
    }

    private boolean isProtected(String branch) {
        String folded = folded(branch);
        for (ActionPattern pattern : this.branches) {
            if (pattern.matches(folded)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPatternOverProtected(String target) {
        if (target.indexOf('*') < 0) {
            return false;
        }
        ActionPattern pattern = new ActionPattern(folded(target));
        return this.branches.stream().anyMatch(branch -> pattern.matches(branch.text()));
    }

    private static String folded(String branch) {
        return branch.toLowerCase(Locale.ROOT);
    }

    private String instead() {
        return (this.alternative != null)
                ? "Push to a branch such as '" + this.alternative + "' and open a pull request."
                : "Ask a maintainer to do it.";
    }
}
