package cloud.enact.connector.http;

import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status its status code
 * @param document its body as plain values; {@link Values#ABSENT} when it has none, or none that is JSON
 * @param tooLarge whether its body was larger than what is read
 * @param etag its entity tag, or {@code null}
 * @param retryAfter how long to wait before the next request, as the server said, or {@code null}
 * @param doubtful whether the same request was sent before, and may have been done then
 */
record Answer(
        int status,
        @Nullable Object document,
        boolean tooLarge,
        @Nullable String etag,
        @Nullable String retryAfter,
        boolean doubtful) {

    Answer afterAnother() {
        return new Answer(this.status, this.document, this.tooLarge, this.etag, this.retryAfter, true);
    }

    boolean isSuccess() {
        return this.status >= 200 && this.status < 300;
    }

    /** Whether the server refused the request, so that it changed nothing. */
    boolean isRefusal() {
        return !this.doubtful && this.status >= 400 && this.status < 500 && this.status != 408;
    }

    /** Whether the same request may be answered otherwise at once. */
    boolean isPassing() {
        // what was done is not sent again, however ready the server is for more
        return this.status >= 300
                && ("0".equals(this.retryAfter)
                        || this.retryAfter == null && (this.status == 502 || this.status == 503 || this.status == 504));
    }
}
