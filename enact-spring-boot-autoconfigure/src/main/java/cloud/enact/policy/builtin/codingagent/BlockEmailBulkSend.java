package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.email.EmailPolicies;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks mail to many people at once. */
final class BlockEmailBulkSend extends CommandPolicy {

    static final String NAME = "coding-agent.block-email-bulk-send";

    static final String HARM = "Customers get a mail that was meant for nobody, and it can't be taken back.";

    private static final String INSTEAD = " Send it to one address, or ask a person to send it.";

    private static final Set<String> MAILERS = Set.of(
            "mail mailx s-nail mutt neomutt sendmail msmtp swaks ssmtp sendemail exim exim4 mutt-send blat".split(" "));

    private static final List<String> SERVICES = List.of(
            "sendgrid",
            "mailgun",
            "postmarkapp",
            "mailchimp",
            "resend.com",
            "mandrill",
            "sparkpost",
            "brevo",
            "sendinblue");

    private static final Set<String> BULK = Set.of("bulk", "mass", "blast", "broadcast", "campaign", "newsletter");

    /** Take a text, a file or an address of the sender. */
    private static final Set<String> TEXT_OPTIONS = Set.of(
            "-s",
            "-a",
            "-A",
            "-F",
            "-H",
            "-r",
            "-S",
            "-e",
            "-i",
            "-f",
            "--from",
            "--subject",
            "--body",
            "--header",
            "--server",
            "--auth-password",
            "--auth-user",
            "-u",
            "-p",
            "-o");

    private static final Set<String> CLIENTS = Set.of("curl", "http", "wget", "https");

    private static final int FEW = 5;

    BlockEmailBulkSend() {
        super(NAME, "No mail goes to many at once.", "mail mutt swaks ses sendgrid");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return EmailPolicies.areAskedAbout(inputs);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        if (!EmailPolicies.areAskedAbout(inputs)) {
            return null;
        }
        return inputs.words().hasAny(BULK) || EmailPolicies.goesToMoreThan(FEW, inputs)
                ? block("The mail goes to many people at once." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            boolean client = CLIENTS.contains(command.name());
            if (!client && !command.name().equals("aws") && !MAILERS.contains(command.name())) {
                continue;
            }
            String all = String.join(" ", command.argv()).toLowerCase(Locale.ROOT);
            boolean bulkCall = command.name().equals("aws")
                    && (all.contains("ses send-bulk")
                            || all.contains("sesv2 send-bulk")
                            || all.contains("pinpoint send-messages"));
            if (bulkCall) {
                return block("The command sends mail in bulk." + INSTEAD);
            }
            boolean service =
                    client && all.contains("send") && SERVICES.stream().anyMatch(all::contains);
            if (!MAILERS.contains(command.name()) && !service) {
                continue;
            }
            if (command.hasFlag("version", "help", "V")) {
                continue;
            }
            long addresses = command.arguments().stream()
                    .flatMapToInt(word -> word.text().chars())
                    .filter(c -> c == '@')
                    .count();
            boolean listed = isListed(command.arguments());
            // with -t the recipients stand in the mail itself
            boolean inside = command.hasFlag("t") && command.name().contains("sendmail");
            if (isForMany(command) || listed || addresses > FEW || inside) {
                return block("The mail goes to as many people as something else lists." + INSTEAD);
            }
        }
        return null;
    }

    /** Whether a recipient only shows when the command runs: in a loop, or out of a file. */
    private static boolean isListed(List<ShellWord> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String before = (i > 0) ? arguments.get(i - 1).text() : "";
            String text = arguments.get(i).text();
            boolean isText = TEXT_OPTIONS.contains(before) || text.startsWith("-");
            if (arguments.get(i).dynamic() && !isText) {
                return true;
            }
        }
        return false;
    }
}
