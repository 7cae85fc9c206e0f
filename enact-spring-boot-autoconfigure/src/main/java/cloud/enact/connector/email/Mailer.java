package cloud.enact.connector.email;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Hands messages to a mail server, and says what came of it. Whatever is not certain to have failed before the server
 * took the message is unknown. Thread-safe.
 */
final class Mailer {

    /** Reply with which a server refuses; what follows is written by the server and not shown. */
    private static final Pattern REPLY =
            Pattern.compile("^([45][0-9]{2})[ -](?:([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\s)?");

    private static final int MAX_DEPTH = 60;

    private final JavaMailSender sender;

    Mailer(JavaMailSender sender) {
        this.sender = sender;
    }

    /**
     * Sends a message.
     *
     * @param messageId what it is called, without angle brackets
     */
    Delivery send(EmailContent content, String messageId) {
        TracedMessage message;
        try {
            message = message(content, messageId);
        } catch (MessagingException | MailException ex) {
            return new Delivery.Refused("The message could not be put together.", ex);
        }
        try {
            this.sender.send(message);
            return new Delivery.Accepted(List.of());
        } catch (MailAuthenticationException ex) {
            return new Delivery.Refused(
                    "The mail server refused the login. Check spring.mail.username and password.", ex);
        } catch (MailPreparationException | MailParseException ex) {
            return new Delivery.Refused("The message could not be put together.", ex);
        } catch (MailSendException ex) {
            return failed(ex, message);
        } catch (RuntimeException ex) {
            return new Delivery.Unknown("The mail sender failed.", ex);
        }
    }

    private TracedMessage message(EmailContent content, String messageId) throws MessagingException {
        TracedMessage message =
                new TracedMessage(this.sender.createMimeMessage().getSession());
        message.setFrom(new InternetAddress(content.from(), true));
        add(message, Message.RecipientType.TO, content.to());
        add(message, Message.RecipientType.CC, content.cc());
        add(message, Message.RecipientType.BCC, content.bcc());
        message.setSubject(content.subject(), StandardCharsets.UTF_8.name());
        message.setText(content.text(), StandardCharsets.UTF_8.name());
        message.setHeader("Message-ID", "<" + messageId + ">");
        return message;
    }

    private static void add(TracedMessage message, Message.RecipientType type, List<String> addresses)
            throws MessagingException {
        for (String address : addresses) {
            message.addRecipient(type, new InternetAddress(address, true));
        }
    }

    private static Delivery failed(MailSendException ex, TracedMessage message) {
        Exception problem = ex.getFailedMessages().get(message);
        if (problem == null) {
            // the message went out, and closing the connection failed
            return (ex.getFailedMessages().isEmpty() && message.isWritten())
                    ? new Delivery.Accepted(List.of())
                    : new Delivery.Unknown("The mail sender failed.", ex);
        }
        if (problem instanceof SendFailedException refusal) {
            Set<String> refused = addresses(refusal.getInvalidAddresses());
            refused.addAll(addresses(refusal.getValidUnsentAddresses()));
            if (refusal.getValidSentAddresses() != null && refusal.getValidSentAddresses().length > 0) {
                return new Delivery.Accepted(new ArrayList<>(refused));
            }
            // once the text was handed over, what was said about an address before answers nothing
            String reply = reply(refusal, message.isWritten() ? 1 : MAX_DEPTH);
            if (reply != null) {
                return new Delivery.Refused(
                        "The mail server refused the message: " + reply + "." + invalid(refusal), problem);
            }
        }
        return message.isWritten()
                ? new Delivery.Unknown("The connection to the mail server broke.", problem)
                : new Delivery.Refused("The mail server can't be reached, or broke off. Try again later.", problem);
    }

    private static String invalid(SendFailedException refusal) {
        Set<String> invalid = addresses(refusal.getInvalidAddresses());
        return invalid.isEmpty() ? "" : " It takes none for " + String.join(", ", invalid) + ".";
    }

    /** The server's code; {@code null} when there was no answer. */
    private static @Nullable String reply(MessagingException problem, int most) {
        Exception each = problem;
        // the code about an address stands with that address
        for (int depth = 0; each instanceof MessagingException messaging && depth < most; depth++) {
            String said = messaging.getMessage();
            Matcher reply = REPLY.matcher((said != null) ? said : "");
            if (reply.find()) {
                return reply.group(1) + ((reply.group(2) != null) ? " " + reply.group(2) : "");
            }
            each = messaging.getNextException();
        }
        return null;
    }

    private static Set<String> addresses(Address @Nullable [] addresses) {
        Set<String> texts = new LinkedHashSet<>();
        if (addresses != null) {
            Arrays.stream(addresses).map(Address::toString).forEach(texts::add);
        }
        return texts;
    }
}
