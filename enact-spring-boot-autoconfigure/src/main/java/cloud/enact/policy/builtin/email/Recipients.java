package cloud.enact.policy.builtin.email;

import cloud.enact.action.Arguments;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.builtin.NamedValues;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mail goes to, as far as its arguments say.
 *
 * @param addresses each once, in small letters; one without an at sign is an id or a name
 * @param many whether it goes to a list, and nobody knows how many are on it
 * @param unreadable whether a part of it can't be seen
 */
record Recipients(Set<String> addresses, boolean many, boolean unreadable) {

    /** What stands in place of what a receipt does not show. */
    private static final String MASK = "***";

    private static final Set<String> FIELDS =
            Set.of(("to cc bcc recipient recipients email emails emailaddress emailaddresses mail mails mailto sendto "
                            + "rcpt rcptto envelopeto resentto resentcc resentbcc toaddress toaddresses ccaddresses "
                            + "bccaddresses destination destinations torecipients ccrecipients bccrecipients "
                            + "toemails ccemails bccemails addressee addressees contact contacts users members "
                            + "attendees invitees subscribers")
                    .split(" "));

    private static final Set<String> LISTS =
            Set.of(("segment segmentid segments listid listids lists mailinglist distributionlist audience "
                            + "audienceid audiences contactlist contactlistid sendtoall toall broadcast")
                    .split(" "));

    private static final List<String> SENDERS = List.of("from", "sender", "reply", "return", "bounce", "my", "source");

    private static final List<String> ENDINGS = List.of("recipient", "recipients", "email", "emails", "addressee");

    /** Fields in which a line break smuggles in a header, and raw messages. */
    private static final Set<String> HEADERS =
            Set.of("subject from replyto sender raw mime rawmessage mimemessage eml headers header title".split(" "));

    private static final List<String> RECIPIENT_HEADERS =
            List.of("to:", "cc:", "bcc:", "resent-to:", "resent-cc:", "resent-bcc:");

    private static final Set<String> EVERYBODY =
            Set.of(("all everyone everybody allstaff allemployees allhands allusers allcustomers allcompany "
                            + "allsubscribers allcontacts companywide wholecompany entirecompany")
                    .split(" "));

    /** Reads them from the arguments of a call, or of its receipt. */
    static Recipients of(Map<String, ? extends @Nullable Object> args) {
        Reader reader = new Reader();
        NamedValues.of(args, Recipients::isField).forEach(reader::read);
        for (Object headers : NamedValues.of(args, HEADERS::contains)) {
            NamedValues.texts(headers).forEach(reader::readHeaders);
        }
        for (Object list : NamedValues.of(args, LISTS::contains)) {
            reader.many |=
                    !Boolean.FALSE.equals(list) && !NamedValues.texts(list).isEmpty();
        }
        reader.unreadable |= args.containsKey(MASK);
        return new Recipients(reader.addresses, reader.many, reader.unreadable);
    }

    boolean isEmpty() {
        return this.addresses.isEmpty() && !this.many && !this.unreadable;
    }

    private static boolean isField(String name) {
        if (SENDERS.stream().anyMatch(name::startsWith)) {
            return false;
        }
        return FIELDS.contains(name) || ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Gathers addresses. */
    private static final class Reader {

        private final Set<String> addresses = new LinkedHashSet<>();

        private boolean many;

        private boolean unreadable;

        private void read(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                readObject(map);
            } else if (value instanceof List<?> list) {
                list.forEach(this::read);
            } else if (value instanceof Boolean) {
                this.many |= Boolean.TRUE.equals(value);
            } else if (value != null) {
                readText(value.toString());
            }
        }

        /** Of a name and an address only the address counts. */
        private void readObject(Map<?, ?> map) {
            if (Arguments.isUnseen(map)) {
                this.unreadable = true;
                return;
            }
            Set<String> found = new LinkedHashSet<>();
            for (String text : NamedValues.texts(map)) {
                this.unreadable |= text.contains(MASK);
                AddressList.read(text, found);
            }
            if (found.isEmpty() && !NamedValues.texts(map).isEmpty()) {
                found.add(String.join(" ", NamedValues.texts(map)));
            }
            found.forEach(this::add);
        }

        private void readText(String text) {
            this.unreadable |= text.contains(MASK);
            Set<String> found = new LinkedHashSet<>();
            if (AddressList.read(text, found) == 0) {
                for (String part : text.split("[,;\\n]")) {
                    if (!part.isBlank()) {
                        found.add(part.strip().toLowerCase(Locale.ROOT));
                    }
                }
            }
            found.forEach(this::add);
            if (text.indexOf('\n') >= 0) {
                readHeaders(text);
            }
        }

        private void add(String address) {
            int at = address.lastIndexOf('@');
            String name = NormalizedText.compact((at > 0) ? address.substring(0, at) : address);
            this.many |= EVERYBODY.contains(name) || address.startsWith("@");
            this.addresses.add(address);
        }

        /** The headers of a message, which end at the first empty line. */
        private void readHeaders(String text) {
            String message = (text.indexOf(':') < 0) ? decoded(text) : text;
            boolean recipients = false;
            for (String line : message.split("\\r\\n|\\r|\\n", -1)) {
                if (line.isEmpty()) {
                    return;
                }
                if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                    String lower = line.stripLeading().toLowerCase(Locale.ROOT);
                    recipients = RECIPIENT_HEADERS.stream().anyMatch(lower::startsWith);
                }
                if (recipients) {
                    Set<String> found = new LinkedHashSet<>();
                    AddressList.read(line, found);
                    found.forEach(this::add);
                }
            }
        }

        /** Some interfaces take the whole message in Base64. */
        private static String decoded(String text) {
            try {
                byte[] bytes = Base64.getDecoder()
                        .decode(text.strip().replace('-', '+').replace('_', '/'));
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException ex) {
                return text;
            }
        }
    }
}
