package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks what takes a name off the Internet or points it elsewhere. */
final class BlockRoute53Destructive extends CommandPolicy {

    static final String NAME = "coding-agent.block-route53-destructive";

    static final String HARM = "Names stop resolving, and everything behind them is out of reach for hours.";

    private static final String INSTEAD = " Write the change down and ask the person who runs DNS.";

    private static final Set<String> SYSTEMS = Set.of("route53", "dns", "domain", "zone");

    BlockRoute53Destructive() {
        super(NAME, "No name is taken off the Internet.", "route53 dns domain nsupdate zone");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return takesAway(inputs.words(), SYSTEMS) ? block("The action takes a name off the Internet." + INSTEAD) : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, BlockRoute53Destructive::isOfNames);
        if (found != null) {
            return block(quoted(found.phrase()) + " takes a name off the Internet." + INSTEAD);
        }
        for (ShellCommand command : shell.commands()) {
            List<String> argv = command.argv();
            if (command.name().equals("aws") && argv.contains("change-resource-record-sets") && !onlyCreates(argv)) {
                return block("The change of record sets deletes or overwrites what is there." + INSTEAD);
            }
            if (command.name().equals("nsupdate")
                    || command.name().equals("gcloud")
                            && argv.contains("dns")
                            && argv.contains("transaction")
                            && argv.contains("execute")) {
                return ask("The update of names is not in the command line." + INSTEAD);
            }
        }
        return null;
    }

    private static boolean isOfNames(Destruction destruction) {
        return destruction.family() == Family.DNS
                || destruction.family() == Family.HTTP
                        && destruction.operands().stream()
                                .map(ShellWord::text)
                                .anyMatch(text -> text.contains("/dns_records")
                                        || text.contains("/hostedzone")
                                        || text.contains("/zones/")
                                        || text.contains("/domains/"));
    }

    private static boolean onlyCreates(List<String> argv) {
        String all = String.join(" ", argv).toUpperCase(Locale.ROOT);
        return all.contains("\"CREATE\"")
                        && !all.contains("DELETE")
                        && !all.contains("UPSERT")
                        && !all.contains("FILE:")
                || argv.contains("help");
    }
}
