package cloud.enact.approval.email;

import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalText;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.mail.javamail.JavaMailSender;

/** One e-mail in plain text for each person, with links of their own. Thread-safe. */
public final class EmailApprovalChannel implements ApprovalChannel {

    private final JavaMailSender sender;

    private final String from;

    private final Set<String> to;

    /**
     * Makes the channel.
     *
     * @param sender hands messages to a mail server
     * @param from address the messages come from
     * @param to addresses of those who are asked every time
     * @throws IllegalArgumentException when one is not a plain address
     */
    public EmailApprovalChannel(JavaMailSender sender, String from, Collection<String> to) {
        this.sender = sender;
        this.from = EmailAddresses.plain(from);
        this.to = new LinkedHashSet<>();
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
    public void send(ApprovalMessage message) throws MessagingException {
        MimeMessage mail = this.sender.createMimeMessage();
        mail.setFrom(new InternetAddress(this.from, true));
        mail.setRecipient(
                Message.RecipientType.TO, new InternetAddress(EmailAddresses.plain(message.approver()), true));
        mail.setSubject(ApprovalText.subject(message), StandardCharsets.UTF_8.name());
        mail.setText(ApprovalText.body(message), StandardCharsets.UTF_8.name());
        // no answering machine answers it
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        this.sender.send(mail);
    }
}
