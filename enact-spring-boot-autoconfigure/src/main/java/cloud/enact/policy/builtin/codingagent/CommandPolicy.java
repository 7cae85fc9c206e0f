package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A policy that judges command lines, and calls that do the same without one. Where a command line can't be read, it
 * asks when the text mentions what the policy is about.
 */
abstract class CommandPolicy extends ArgumentPolicy {

    private static final Set<String> TAKES_AWAY = Set.of(
            ("delete remove destroy drop purge wipe terminate prune uninstall revoke disable cancel erase nuke teardown "
                            + "empty truncate deactivate reset")
                    .split(" "));

    private static final Set<String> LINES =
            Set.of("command", "cmd", "commands", "command_line", "commandline", "shell_command", "script");

    private final Set<String> mentions;

    /**
     * Creates the policy.
     *
     * @param name its fixed name
     * @param passReason what it says when there is nothing to object to
     * @param mentions words in small letters, one of which a text about its matter holds
     */
    CommandPolicy(String name, String passReason, String mentions) {
        super(name, passReason);
        this.mentions = Set.of(mentions.split(" "));
    }

    @Override
    protected final boolean appliesTo(PolicyInputs inputs) {
        return !inputs.shell().isEmpty() || appliesToTool(inputs);
    }

    /** Whether a call without a command line is of a kind that this policy can judge. */
    protected boolean appliesToTool(PolicyInputs inputs) {
        return false;
    }

    @Override
    protected final Verdict decide(PolicyInputs inputs) {
        Verdict worst = null;
        for (Verdict verdict : new Verdict[] {judgeTool(inputs), judgeShell(inputs, inputs.shell())}) {
            if (verdict != null && (worst == null || verdict.effect().compareTo(worst.effect()) > 0)) {
                worst = verdict;
            }
        }
        if (worst != null) {
            return worst;
        }
        if (isUnreadable(inputs) && mentionsIt(inputs)) {
            return ask("The command line can't be understood: it "
                    + inputs.shell().problems().get(0) + ". Write it plainly, or ask a person.");
        }
        return pass();
    }

    /** Judges the arguments of a tool; {@code null} when there is nothing to object to. */
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return null;
    }

    /** Judges a command line; {@code null} when there is nothing to object to. */
    protected abstract @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell);

    /** Whether a command line can't be read; the argument of another tool need not be one. */
    private static boolean isUnreadable(PolicyInputs inputs) {
        return CommandLines.areUnreadable(inputs)
                || !inputs.shell().understood()
                        && inputs.request().args().keySet().stream()
                                .map(key -> key.toLowerCase(Locale.ROOT))
                                .anyMatch(LINES::contains);
    }

    private boolean mentionsIt(PolicyInputs inputs) {
        for (String text : inputs.texts(InputName.COMMAND)) {
            String folded = text.toLowerCase(Locale.ROOT);
            if (this.mentions.stream().anyMatch(folded::contains)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name of the action says that it takes such things away: {@code terraform.destroy_stack}. */
    protected static boolean takesAway(ActionWords words, Set<String> things) {
        return !words.isRead() && words.indexInOperation(TAKES_AWAY) >= 0 && words.hasAny(things);
    }

    /** The first thing of this kind that the command lines take away, or {@code null}. */
    protected static @Nullable Destruction destruction(PolicyInputs inputs, Predicate<Destruction> kind) {
        for (Destruction destruction : inputs.commands().destructions()) {
            if (kind.test(destruction)) {
                return destruction;
            }
        }
        return null;
    }

    /** The command of a destruction. */
    protected static ShellCommand command(ShellFacts shell, Destruction destruction) {
        return shell.commands().get(destruction.command());
    }

    /** Whether the command gets its operands from elsewhere, so that it may be called for many things. */
    protected static boolean isForMany(ShellCommand command) {
        return command.wrappers().stream()
                .anyMatch(wrapper ->
                        wrapper.startsWith("xargs") || wrapper.startsWith("parallel") || wrapper.startsWith("find"));
    }

    protected static boolean anyDynamic(List<ShellWord> words) {
        return words.stream().anyMatch(ShellWord::dynamic);
    }
}
