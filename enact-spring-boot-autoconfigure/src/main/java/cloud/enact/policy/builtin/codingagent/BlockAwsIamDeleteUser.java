package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks the deletion of users, roles and service accounts, and of what they may do. */
final class BlockAwsIamDeleteUser extends CommandPolicy {

    static final String NAME = "coding-agent.block-aws-iam-delete-user";

    static final String HARM = "People and services that rely on an account are locked out.";

    private static final String INSTEAD = " List who uses it, and ask the person who owns it.";

    private static final Set<String> SYSTEMS = Set.of("iam", "cognito", "okta", "identity");

    BlockAwsIamDeleteUser() {
        super(NAME, "No account is taken away.", "iam userdel deluser cognito service-account");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), SYSTEMS)
                ? block("The action takes an account or its rights away." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, each -> each.family() == Family.IDENTITY);
        if (found != null) {
            return block(quoted(found.phrase()) + " takes an account or its rights away." + INSTEAD);
        }
        for (ShellCommand command : shell.commands()) {
            if (Exposure.isIn(command)) {
                return ask("The command opens something to everybody, or gives all rights to somebody." + INSTEAD);
            }
        }
        return null;
    }
}
