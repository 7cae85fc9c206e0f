package cloud.enact.connector.github;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer, up to a size; a larger one is not read to its end. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final int limit;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();

    private Flow.@Nullable Subscription subscription;

    LimitedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return this.body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (this.read.size() + buffer.remaining() > this.limit) {
                if (this.subscription != null) {
                    this.subscription.cancel();
                }
                this.body.completeExceptionally(new TooLargeException(this.limit));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            this.read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable error) {
        this.body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        this.body.complete(this.read.toByteArray());
    }

    /** The answer is larger than anybody wants to read. */
    static final class TooLargeException extends IOException {

        TooLargeException(int limit) {
            super("The answer has more than " + limit + " bytes");
        }
    }
}
