package cloud.enact.connector.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an answer up to a size; of a larger one nothing is kept. */
final class AnswerBody implements HttpResponse.BodySubscriber<AnswerBody.Content> {

    private final CompletableFuture<Content> content = new CompletableFuture<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final int most;

    private Flow.@Nullable Subscription subscription;

    AnswerBody(int most) {
        this.most = most;
    }

    /**
     * What was read.
     *
     * @param bytes the bytes; none when there were too many
     * @param tooLarge whether there were too many
     */
    record Content(byte[] bytes, boolean tooLarge) {}

    @Override
    public CompletionStage<Content> getBody() {
        return this.content;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (this.content.isDone()) {
                return;
            }
            if (this.bytes.size() + (long) buffer.remaining() > this.most) {
                this.content.complete(new Content(new byte[0], true));
                if (this.subscription != null) {
                    this.subscription.cancel();
                }
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            this.bytes.write(part, 0, part.length);
        }
    }

    @Override
    public void onError(Throwable throwable) {
        this.content.completeExceptionally(throwable);
    }

    @Override
    public void onComplete() {
        this.content.complete(new Content(this.bytes.toByteArray(), false));
    }
}
