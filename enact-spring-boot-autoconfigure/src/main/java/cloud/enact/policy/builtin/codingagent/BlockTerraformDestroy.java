package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks the removal of everything that a description of infrastructure made, with any tool of that kind. */
final class BlockTerraformDestroy extends CommandPolicy {

    static final String NAME = "coding-agent.block-terraform-destroy";

    static final String HARM = "Servers, networks and databases that one description made are gone at once.";

    private static final String INSTEAD =
            " Show what would go with 'terraform plan -destroy' and ask a person to do it.";

    /** Beginnings of names of PowerShell's, for clouds. */
    private static final List<String> CMDLETS = List.of(
            "remove-az",
            "stop-az",
            "remove-s3",
            "remove-ec2",
            "stop-ec2",
            "remove-rds",
            "remove-iam",
            "remove-ddb",
            "remove-lm",
            "remove-gc",
            "remove-cfn",
            "remove-eks",
            "remove-mg");

    private static final Set<String> APPLIERS = Set.of("terraform", "tofu", "terragrunt", "terramate");

    private static final Set<String> SYSTEMS =
            Set.of("terraform", "tofu", "pulumi", "cloudformation", "infrastructure", "cdk");

    BlockTerraformDestroy() {
        super(
                NAME,
                "No infrastructure is destroyed.",
                "terraform tofu terragrunt pulumi cdk serverless sls cloudformation destroy");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), SYSTEMS) ? block("The action takes infrastructure away." + INSTEAD) : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, each -> each.family() == Family.INFRASTRUCTURE);
        if (found != null) {
            return block(quoted(found.phrase()) + " takes infrastructure away." + INSTEAD);
        }
        Verdict unseen = null;
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            List<String> argv = command.argv();
            boolean cmdlet =
                    CMDLETS.stream().anyMatch(command.name()::startsWith) && !command.hasFlag("WhatIf", "whatif");
            if (cmdlet || RiskyCalls.INTERRUPTIONS.hold(command)) {
                unseen = ask("The command stops what others use, or takes its protection away. Ask a person to do it.");
            }
            if (command.name().equals("pulumi")
                    && (argv.contains("up") || argv.contains("update"))
                    && command.hasFlag("y", "yes", "f", "skip-preview")) {
                unseen = ask("'pulumi up' would run without anybody having seen its preview. Let a person answer it.");
            }
            if (!APPLIERS.contains(command.name())) {
                continue;
            }
            if (argv.contains("taint")
                    || argv.contains("state") && argv.contains("push")
                    || argv.contains("force-unlock") && command.hasFlag("force")) {
                unseen =
                        ask("The command changes what is known of the infrastructure, which the next run then replaces "
                                + "or loses. Ask a person to do it.");
            }
            if (!argv.contains("apply")) {
                continue;
            }
            if (isOn(argv, "destroy")) {
                return block("'" + command.name() + " apply -destroy' takes infrastructure away." + INSTEAD);
            }
            if (isOn(argv, "auto-approve") || isAnswered(shell, i)) {
                unseen = ask("'" + command.name() + " apply' would run without anybody having seen its plan, which may "
                        + "replace or destroy things. Apply a plan file that was looked at.");
            }
        }
        return unseen;
    }

    private static boolean isOn(List<String> argv, String option) {
        return argv.stream()
                .anyMatch(word ->
                        word.startsWith("-") && (word.endsWith("-" + option) || word.endsWith("-" + option + "=true")));
    }

    private static boolean isAnswered(ShellFacts shell, int index) {
        return shell.pipelines().stream().anyMatch(pipeline -> pipeline.indexOf(index) > 0);
    }
}
