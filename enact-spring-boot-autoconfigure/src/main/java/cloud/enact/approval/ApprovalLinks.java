package cloud.enact.approval;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links that answer a request. Each is sealed, and good for one request, one answer and one person until the request
 * expires; that it is used once is up to the request. A link is a secret. Thread-safe.
 */
public final class ApprovalLinks {

    /** Longer than any that is made. */
    static final int MAX_LENGTH = 1000;

    private static final byte VERSION = 1;

    private static final int MAX_NAME = 255;

    private final ApprovalSeal seal;

    private final Clock clock;

    /**
     * Makes links.
     *
     * @param seal seals them, with a key for nothing else
     * @param clock tells which have expired
     */
    public ApprovalLinks(ApprovalSeal seal, Clock clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * What a link is good for.
     *
     * @param request ticket of the request
     * @param approve whether it says yes
     * @param approver whom it was sent to
     * @param channel how it was sent, such as {@code email}
     */
    public record Link(UUID request, boolean approve, String approver, String channel) {}

    /**
     * Makes the token of a link: some 150 letters, digits, dots, dashes, underscores and tildes.
     *
     * @throws IllegalArgumentException when a name is longer than 255 bytes
     */
    public String token(Link link, Instant expiresAt) {
        byte[] channel = bytes(link.channel());
        byte[] approver = bytes(link.approver());
        ByteBuffer buffer = ByteBuffer.allocate(2 + Long.BYTES * 3 + 1 + channel.length + approver.length);
        buffer.put(VERSION).put((byte) (link.approve() ? 1 : 0));
        buffer.putLong(link.request().getMostSignificantBits());
        buffer.putLong(link.request().getLeastSignificantBits());
        buffer.putLong(expiresAt.getEpochSecond());
        buffer.put((byte) channel.length).put(channel).put(approver);
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
        return body + "." + this.seal.seal(buffer.array()).replace(':', '~');
    }

    private static byte[] bytes(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME) {
            throw new IllegalArgumentException("A name in a link has at most " + MAX_NAME + " bytes");
        }
        return bytes;
    }

    /**
     * Reads the token of a link, which anybody may have written.
     *
     * @throws ApprovalLinkException when it is none of ours, or has expired; nothing of it is echoed
     */
    public Link read(String token) {
        int dot = token.indexOf('.');
        byte[] bytes = (dot > 0 && token.length() <= MAX_LENGTH) ? decode(token.substring(0, dot)) : null;
        String tag = token.substring(dot + 1);
        int tilde = tag.indexOf('~');
        if (bytes == null
                || tilde < 0
                || !this.seal.verify(bytes, tag.substring(0, tilde) + ":" + tag.substring(tilde + 1))) {
            throw unknown();
        }
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | DateTimeException ex) {
            throw unknown();
        }
    }

    private Link read(ByteBuffer buffer) {
        byte version = buffer.get();
        byte answer = buffer.get();
        UUID request = new UUID(buffer.getLong(), buffer.getLong());
        Instant expiresAt = Instant.ofEpochSecond(buffer.getLong());
        String channel = text(buffer, buffer.get() & 0xff);
        String approver = text(buffer, buffer.remaining());
        if (version != VERSION || answer < 0 || answer > 1 || approver.isBlank()) {
            throw unknown();
        }
        if (!this.clock.instant().isBefore(expiresAt)) {
            throw new ApprovalLinkException(
                    true, "This link has expired. Silence counts as a no; whoever asked has to ask again.");
        }
        return new Link(request, answer == 1, approver, channel);
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One text per link: no padding, and no stray bits behind the last byte. */
    private static byte @Nullable [] decode(String body) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(body);
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
            return Arrays.equals(again, body.getBytes(StandardCharsets.ISO_8859_1)) ? bytes : null;
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static ApprovalLinkException unknown() {
        return new ApprovalLinkException(
                false, "This link leads to no request. Open it as it stands in the message, up to its last character.");
    }
}
