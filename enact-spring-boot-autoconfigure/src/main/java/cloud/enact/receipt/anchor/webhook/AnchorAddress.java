package cloud.enact.receipt.anchor.webhook;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.anchor.AnchorFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A text with checkpoints at an address. Only over TLS: whoever sits in between could keep the newest ones back. Redirects
 * are not followed.
 */
public final class AnchorAddress implements AnchorSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long MAX_BYTES = 4L * 1024 * 1024 * 1024;

    private final URI address;

    /**
     * Makes the source; asks later.
     *
     * @throws IllegalArgumentException when the address is not one of https
     */
    public AnchorAddress(URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("Checkpoints are only read from an address that begins with https");
        }
        this.address = address;
    }

    /** The host alone: the rest may hold a token. */
    @Override
    public String name() {
        return String.valueOf(this.address.getHost());
    }

    @Override
    public void notes(Consumer<String> visitor) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(this.address)
                .timeout(TIMEOUT)
                .setHeader("User-Agent", "enact")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("The answer has status " + answer.statusCode());
                }
                AnchorFile.read(new Limited(body), visitor);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading was interrupted");
        }
    }

    /** A server that never ends keeps nobody for ever. */
    private static final class Limited extends FilterInputStream {

        private long left = MAX_BYTES;

        private Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            this.left -= Math.max(0, count);
            if (this.left < 0) {
                throw new IOException("The answer is too long for checkpoints");
            }
            return count;
        }
    }
}
