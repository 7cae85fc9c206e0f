package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks cancelling, refunding or deleting more than one thing of a payment service. */
final class BlockStripeBulkCancel extends CommandPolicy {

    static final String NAME = "coding-agent.block-stripe-bulk-cancel";

    static final String HARM = "Paying customers lose their subscriptions because a filter matched too much.";

    private static final String INSTEAD = " Do it for one customer by its id, or ask a person.";

    private static final Set<String> SERVICES =
            Set.of("stripe", "paddle", "chargebee", "recurly", "braintree", "billing");

    private static final Set<String> SUBSCRIPTIONS = Set.of("subscription", "subscriptions");

    private static final Set<String> THINGS =
            Set.of("stripe", "paddle", "chargebee", "recurly", "braintree", "billing", "subscription", "subscriptions");

    BlockStripeBulkCancel() {
        super(NAME, "Nothing is cancelled in bulk.", "stripe paddle chargebee recurly");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SERVICES) || inputs.words().hasAny(SUBSCRIPTIONS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        boolean takes = takesAway(inputs.words(), THINGS)
                || inputs.words().hasAny(SERVICES) && inputs.words().has("refund");
        if (!takes) {
            return null;
        }
        boolean many = inputs.words().hasAny(Set.of("bulk", "all", "mass", "batch"))
                || Recipients.most(inputs, Set.of("id", "subscription", "customer", "status", "charge")) > 1
                || isFiltered(inputs);
        return many ? block("The action cancels more than one subscription." + INSTEAD) : null;
    }

    /** Whether it works on whatever a filter finds, and names nothing. */
    private static boolean isFiltered(PolicyInputs inputs) {
        return inputs.request().args().keySet().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .anyMatch(key ->
                        key.equals("all") || key.equals("filter") || key.equals("status") || key.equals("query"));
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        int calls = 0;
        for (Destruction destruction : inputs.commands().destructions()) {
            ShellCommand command = command(shell, destruction);
            boolean web = destruction.family() == Family.HTTP
                    && destruction.operands().stream().anyMatch(word -> isService(word.text()));
            if (destruction.family() != Family.PAYMENT && !web) {
                continue;
            }
            boolean many = ++calls > 1
                    || isForMany(command)
                    || anyDynamic(command.arguments().stream()
                            .filter(word -> !word.text().contains("KEY"))
                            .toList())
                    || command.hasFlag("all", "status", "limit")
                    || destruction.operands().stream()
                                    .map(ShellWord::text)
                                    .distinct()
                                    .count()
                            > 1;
            if (many) {
                return block(quoted(destruction.phrase()) + " runs for more than one thing." + INSTEAD);
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            String folded = code.text().toLowerCase(Locale.ROOT);
            boolean takes = folded.contains("cancel(")
                    || folded.contains(".delete(")
                    || folded.contains("refund")
                    || folded.contains(".del(");
            boolean loops = folded.contains("for ")
                    || folded.contains("foreach")
                    || folded.contains(".each")
                    || folded.contains("map(")
                    || folded.contains("while");
            if (isService(folded) && takes && loops) {
                return block("The script cancels whatever a list holds." + INSTEAD);
            }
        }
        return null;
    }

    private static boolean isService(String text) {
        return SERVICES.stream().filter(name -> !name.equals("billing")).anyMatch(text::contains);
    }
}
