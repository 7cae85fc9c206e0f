package cloud.enact.connector.http;

import java.time.Duration;

/**
 * How long and how large things may be.
 *
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long one request may take, until its answer is read to the end
 * @param maxAnswerBytes how many bytes an answer may have
 */
public record HttpLimits(Duration connectTimeout, Duration requestTimeout, int maxAnswerBytes) {

    public HttpLimits {
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("The time to wait for a connection must be positive");
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("The time a request may take must be positive");
        }
        if (maxAnswerBytes < 1) {
            throw new IllegalArgumentException("The size of an answer must be positive");
        }
    }

    /** Five seconds, thirty seconds, one mebibyte. */
    public static HttpLimits defaults() {
        return new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 1024 * 1024);
    }
}
