package cloud.enact.approval.email;

import cloud.enact.approval.ApprovalRequest;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Reads addresses, and says which of them are told of a request. */
final class EmailAddresses {

    private static final Log logger = LogFactory.getLog(EmailAddresses.class);

    private static final int MAX_LENGTH = 254;

    private EmailAddresses() {}

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException for anything but a plain one, without a name or a line break
     */
    static String plain(String text) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException("an address is a plain one such as ann@enact.example, without a name");
        }
        return text;
    }

    private static boolean isPlain(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            return address.getAddress().equals(text)
                    && text.indexOf('@') > 0
                    && text.length() <= MAX_LENGTH
                    && text.chars().allMatch(c -> c > ' ' && c < 127);
        } catch (AddressException ex) {
            logger.debug("Not an address", ex);
            return false;
        }
    }

    /** Those who are told every time, and whomever whoever asked has named by an address. */
    static Set<String> of(Set<String> always, ApprovalRequest request) {
        Set<String> all = new LinkedHashSet<>(always);
        request.terms().people().stream()
                // the others are somebody to another channel
                .filter(EmailAddresses::isPlain)
                .sorted()
                .forEach(all::add);
        return all;
    }
}
