package cloud.enact.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads nothing of an answer, however long it is. */
final class UnreadBody implements BodySubscriber<@Nullable Void> {

    private final CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return this.done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        // nothing is asked for
    }

    @Override
    public void onError(Throwable throwable) {
        // the status is known
    }

    @Override
    public void onComplete() {
        // the status is known
    }
}
