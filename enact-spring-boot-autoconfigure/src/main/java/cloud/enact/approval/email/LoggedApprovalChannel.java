package cloud.enact.approval.email;

import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What would be sent by e-mail, in the log of the application, for trying things out: whoever reads the log can answer.
 * Thread-safe.
 */
public final class LoggedApprovalChannel implements ApprovalChannel {

    private static final Log logger = LogFactory.getLog(LoggedApprovalChannel.class);

    private final Set<String> to = new LinkedHashSet<>();

    /**
     * Makes the channel.
     *
     * @param to addresses of those who would be asked
     * @throws IllegalArgumentException when one is not a plain address
     */
    public LoggedApprovalChannel(Collection<String> to) {
        to.forEach(address -> this.to.add(EmailAddresses.plain(address)));
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public Set<String> approvers(ApprovalRequest request) {
        return EmailAddresses.of(this.to, request);
    }

    @Override
    public void send(ApprovalMessage message) {
        logger.info("An e-mail is not sent, because enact.approval.email.dry-run is on.\nTo: " + message.approver()
                + "\nSubject: " + ApprovalText.subject(message) + "\n\n" + ApprovalText.body(message));
    }
}
