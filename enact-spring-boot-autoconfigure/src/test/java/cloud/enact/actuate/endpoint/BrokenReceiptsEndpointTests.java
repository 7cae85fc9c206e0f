package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What the endpoint says when something inside goes wrong. */
class BrokenReceiptsEndpointTests {

    private final ReceiptStore store = (ReceiptStore) Proxy.newProxyInstance(
            ReceiptStore.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                throw new IllegalArgumentException("the card 4111 can't be read");
            });

    private final ReceiptsEndpoint endpoint = new ReceiptsEndpoint(
            this.store,
            new ReceiptVerifier(
                    this.store, ReceiptKeys.of(ReceiptSigner.hs256("a secret of more than 32 characters, for tests"))),
            null);

    @Test
    void anIllegalArgumentInsideIsNotTheCallersFault() {
        WebEndpointResponse<?> run = this.endpoint.run(Drafts.run().toString());
        WebEndpointResponse<?> list = list(null);

        assertThat(run.getStatus()).isEqualTo(500);
        assertThat(list.getStatus()).isEqualTo(500);
        assertThat(run.getBody().toString()).doesNotContain("4111");
        assertThat(list.getBody().toString()).doesNotContain("4111");
    }

    @Test
    void anIllegalArgumentInTheRequestIs() {
        assertThat(this.endpoint.run("42").getStatus()).isEqualTo(400);
        assertThat(list("none").getStatus()).isEqualTo(400);
    }

    private WebEndpointResponse<?> list(@Nullable String limit) {
        return this.endpoint.list(null, null, null, null, null, null, null, null, null, null, null, null, limit, null);
    }
}
