package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import cloud.enact.policy.builtin.CommandLines;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Blocks whatever makes a ref of a remote repository lose commits: forced, mirrored, pruned or deleted. */
final class DontForcePush extends ArgumentPolicy {

    static final String NAME = "git.dont-force-push";

    static final String HARM = "Commits that others already have disappear from the remote repository.";

    private static final Set<String> FORCES = Set.of("force", "forced", "forcibly", "overwrite", "mirror", "rewrite");

    private static final Set<String> FLAGS = Set.of(
            ("force forced forcepush forcewithlease forceifincludes isforce withlease mirror prune nonfastforward "
                            + "allownonfastforward overwrite overwriteremote forceupdate")
                    .split(" "));

    private static final Set<String> MODES = Set.of("mode", "type", "strategy", "pushmode", "pushtype");

    private static final Set<String> SETTINGS =
            Set.of("options", "option", "flags", "flag", "params", "switches", "opts");

    private static final Set<String> OPTIONS = Set.of("args", "arguments", "extra", "extraargs", "command", "cmd");

    private static final Set<String> UPDATES = Set.of("update", "set", "patch", "move", "edit");

    private static final Set<String> REFS = Set.of("ref", "refs", "reference", "references", "branch", "head");

    DontForcePush() {
        super(NAME, "No remote ref is rewritten.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return updatesRemote(inputs.words())
                || inputs.has(InputName.COMMAND) && CommandLines.areUnreadable(inputs)
                || GitCalls.in(inputs).stream().anyMatch(call -> call.pushes() || call.rewritesRemote());
    }

    /** A push, or an update of a ref through the interface of a git host. */
    private static boolean updatesRemote(ActionWords words) {
        if (words.isRead()) {
            return false;
        }
        boolean push = words.has("push") && !words.has("notification") && !words.has("mobile");
        return push
                || GitActions.areOnHost(words)
                        && words.indexInOperation(UPDATES) >= 0
                        && words.indexInOperation(REFS) >= 0;
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        boolean uncertain = CommandLines.areUnreadable(inputs);
        for (GitCommand call : GitCalls.in(inputs)) {
            if (call.rewritesRemote()) {
                return blocked();
            }
            uncertain |= call.pushes() && !call.isCertain();
        }
        boolean push = updatesRemote(inputs.words()) || inputs.named() && !GitActions.areNoPush(inputs.words());
        if (push && isForced(inputs)) {
            return blocked();
        }
        return uncertain ? ask("Nobody can tell whether the push is forced. Write its options out.") : pass();
    }

    private Verdict blocked() {
        return block("The push would rewrite what the remote repository has. "
                + "Push without force, to a new branch where the histories differ.");
    }

    private static boolean isForced(PolicyInputs inputs) {
        if (inputs.words().indexInOperation(FORCES) >= 0 || ArgumentTree.isOn(inputs, FLAGS)) {
            return true;
        }
        for (String refspec : inputs.texts(InputName.BRANCH)) {
            if (refspec.startsWith("+") || refspec.startsWith(":") && refspec.length() > 1 || refspec.contains(" +")) {
                return true;
            }
        }
        boolean[] forced = new boolean[1];
        ArgumentTree.visit(inputs, (name, value) -> {
            if (value instanceof String text) {
                forced[0] |= MODES.contains(name) && FORCES.contains(NormalizedText.compact(text))
                        || SETTINGS.contains(name) && FORCES.contains(NormalizedText.compact(text))
                        || (OPTIONS.contains(name) || SETTINGS.contains(name))
                                && inputs.words().has("push")
                                && forces(text);
            }
        });
        return forced[0];
    }

    /** Options given as words of a text, or one of them alone. */
    private static boolean forces(String options) {
        if (options.length() > 4096) {
            return false;
        }
        StringTokenizer words = new StringTokenizer(options, " ,;[]\"'\t\r\n");
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.startsWith("+") && word.length() > 1) {
                return true;
            }
            GitCommand call = GitCommand.of(List.of("git", "push", word));
            if (word.startsWith("-") && call != null && call.rewritesRemote()) {
                return true;
            }
        }
        return false;
    }
}
