package cloud.enact.connector.email;

import cloud.enact.action.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was asked for, checked.
 *
 * @param from address it comes from
 * @param subject one line
 * @param text plain text
 * @param key names what it is about
 */
record EmailContent(
        String from, List<String> to, List<String> cc, List<String> bcc, String subject, String text, String key) {

    private static final int MAX_RECIPIENTS = 50;

    private static final int MAX_SUBJECT = 250;

    private static final int MAX_TEXT = 200_000;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when something is missing, too much or not allowed
     */
    static EmailContent of(String from, Map<String, @Nullable Object> args, EmailAddresses addresses) {
        List<String> to = addresses.recipients(args.get("to"));
        List<String> cc = addresses.recipients(args.get("cc"));
        List<String> bcc = addresses.recipients(args.get("bcc"));
        if (to.isEmpty()) {
            throw new IllegalArgumentException("to is needed: the address, or a list of addresses, it goes to");
        }
        if (to.size() + cc.size() + bcc.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException("A message goes to at most " + MAX_RECIPIENTS + " addresses");
        }
        String subject = text(args, "subject");
        if (subject.isBlank()
                || subject.length() > MAX_SUBJECT
                || subject.codePoints().anyMatch(EmailContent::breaks)) {
            throw new IllegalArgumentException("subject takes one line of 1 to " + MAX_SUBJECT + " characters");
        }
        String text = text(args, "text");
        if (text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text takes 1 to " + MAX_TEXT + " characters of plain text");
        }
        String key = text(args, "idempotency_key");
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "idempotency_key takes 1 to 200 characters of ASCII without spaces, such as invoice-4711-reminder-1");
        }
        return new EmailContent(from, to, cc, bcc, subject, text, key);
    }

    /** The arguments it was made of, as policies see them. */
    Map<String, @Nullable Object> args() {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("to", this.to);
        if (!this.cc.isEmpty()) {
            args.put("cc", this.cc);
        }
        if (!this.bcc.isEmpty()) {
            args.put("bcc", this.bcc);
        }
        args.put("subject", this.subject);
        args.put("text", this.text);
        args.put("idempotency_key", this.key);
        return args;
    }

    List<String> recipients() {
        List<String> all = new ArrayList<>(this.to);
        all.addAll(this.cc);
        all.addAll(this.bcc);
        return all;
    }

    /** Digest of all that makes it another message. */
    String digest() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, List.of(this.from));
            write(out, this.to);
            write(out, this.cc);
            write(out, this.bcc);
            write(out, List.of(this.subject, this.text));
            out.flush();
            return Sha256.hex(bytes.toByteArray());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Whether a character could end a line, and so begin another header, or hide what is written. */
    private static boolean breaks(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.FORMAT -> c != 0x200d;
            default -> false;
        };
    }

    private static String text(Map<String, @Nullable Object> args, String name) {
        if (args.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is needed, as text");
    }
}
