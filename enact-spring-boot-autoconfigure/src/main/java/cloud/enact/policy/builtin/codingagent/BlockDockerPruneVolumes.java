package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks the deletion of volumes; asks before everything unused goes, or every container there is. */
final class BlockDockerPruneVolumes extends CommandPolicy {

    static final String NAME = "coding-agent.block-docker-prune-volumes";

    static final String HARM = "Volumes with databases and uploads are deleted together with what was meant.";

    private static final String INSTEAD = " Leave the volumes out, or name what to remove and ask a person.";

    private static final Set<String> SWARM = Set.of("stack", "service", "swarm", "secret", "config", "machine", "pod");

    private static final Set<String> SYSTEMS = Set.of("docker", "podman", "volume", "volumes");

    private static final Set<String> VOLUMES = Set.of("volume", "volumes");

    BlockDockerPruneVolumes() {
        super(NAME, "No volume is deleted.", "docker podman nerdctl volume");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), VOLUMES) ? block("The action deletes volumes." + INSTEAD) : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Verdict doubt = null;
        for (Destruction destruction : inputs.commands().destructions()) {
            if (destruction.family() != Family.CONTAINER) {
                continue;
            }
            ShellCommand command = command(shell, destruction);
            boolean volumes = destruction.nouns().contains("volume")
                    || command.hasFlag("volumes")
                    || command.hasFlag("v")
                            && (destruction.verb().equals("down")
                                    || destruction.verb().equals("rm"))
                    || destruction.verb().equals("reset");
            if (volumes) {
                return block(quoted(destruction.phrase()) + " deletes volumes." + INSTEAD);
            }
            boolean everything = destruction.verb().equals("prune")
                            && destruction.nouns().contains("system")
                    || destruction.verb().startsWith("rm")
                            && (anyDynamic(destruction.operands()) || isForMany(command) || command.hasFlag("all", "a"))
                    || destruction.nouns().stream().anyMatch(SWARM::contains);
            if (everything) {
                doubt = ask(quoted(destruction.phrase()) + " removes more than it names." + INSTEAD);
            }
        }
        return doubt;
    }
}
