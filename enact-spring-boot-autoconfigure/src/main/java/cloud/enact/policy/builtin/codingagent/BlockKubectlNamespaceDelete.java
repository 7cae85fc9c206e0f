package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks the deletion of namespaces, clusters and volumes, and of everything of a kind. */
final class BlockKubectlNamespaceDelete extends CommandPolicy {

    static final String NAME = "coding-agent.block-kubectl-namespace-delete";

    static final String HARM = "Every workload and every volume of a namespace is gone.";

    private static final String INSTEAD = " Look with 'kubectl get all', then ask a person to delete it.";

    private static final Set<String> WHOLE =
            Set.of(("namespace namespaces ns project projects all pv pvc persistentvolume persistentvolumes "
                            + "persistentvolumeclaim persistentvolumeclaims crd crds customresourcedefinition "
                            + "customresourcedefinitions node nodes no clusters cluster")
                    .split(" "));

    private static final Set<String> SYSTEMS = Set.of("kubernetes", "k8s", "kubectl", "namespace", "cluster");

    private static final Set<String> THINGS = Set.of("namespace", "namespaces", "cluster");

    private static final Set<String> CLIENTS = Set.of("kubectl", "oc", "k");

    BlockKubectlNamespaceDelete() {
        super(NAME, "No namespace is deleted.", "kubectl helm eksctl namespace oc");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), THINGS)
                ? block("The action deletes everything in a namespace or cluster." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (ShellCommand command : shell.commands()) {
            boolean finalizes = CLIENTS.contains(command.name())
                    && command.argv().stream().anyMatch(word -> word.endsWith("/finalize"));
            if (finalizes) {
                return block("The command takes a namespace away without what would clean up behind it." + INSTEAD);
            }
        }
        Destruction found =
                destruction(inputs, each -> each.family() == Family.CLUSTER && isWhole(each, command(shell, each)));
        return (found != null)
                ? block(quoted(found.phrase()) + " takes away a namespace, a volume, or everything of a kind."
                        + INSTEAD)
                : null;
    }

    private static boolean isWhole(Destruction destruction, ShellCommand command) {
        if (destruction.verb().equals("drain")) {
            return false;
        }
        boolean everything = command.hasFlag("all", "A", "all-namespaces", "purge") || isForMany(command);
        return everything
                || destruction.concerns(WHOLE.toArray(String[]::new))
                || destruction.operands().stream().limit(1).anyMatch(BlockKubectlNamespaceDelete::isWhole)
                || destruction.operands().stream()
                        .anyMatch(operand -> operand.text().indexOf('/') > 0 && isWhole(operand));
    }

    /** A kind, several kinds, or a kind and a name: {@code ns}, {@code svc,ns}, {@code ns/prod}. */
    private static boolean isWhole(ShellWord operand) {
        if (operand.dynamic()) {
            return true;
        }
        for (String kind : operand.text().toLowerCase(Locale.ROOT).split(",")) {
            int end = kind.indexOf('/');
            int dot = kind.indexOf('.');
            String plain = kind.substring(0, (end >= 0) ? end : (dot > 0) ? dot : kind.length());
            if (WHOLE.contains(plain)) {
                return true;
            }
        }
        return false;
    }
}
