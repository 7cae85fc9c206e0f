package cloud.enact.console;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The console on the web server of the JDK, over receipts in memory. */
final class MemoryConsole implements AutoCloseable {

    private static final ReceiptSigner SIGNER = ReceiptSigner.hs256(Drafts.SECRET);

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    private final ReceiptLog log = log(this.store);

    private final AtomicReference<String> credential = new AtomicReference<>();

    private final ConsoleServer server;

    MemoryConsole() throws IOException {
        this.server = ConsoleServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ConsoleSettings("/enact", true, Set.of(), false),
                ConsoleCredential.inMemory(this.credential::set),
                sources(this.store),
                Clock.systemUTC());
    }

    static ReceiptLog log(ReceiptStore store) {
        return ReceiptLog.direct(Drafts.run().toString(), store, SIGNER, Masking.defaults(), Clock.systemUTC());
    }

    /** The receipts of a store, and nothing else. */
    static ConsoleSources sources(ReceiptStore store) {
        return new ConsoleSources(
                store,
                new ReceiptVerifier(store, ReceiptKeys.of(SIGNER)),
                ReceiptContents.withoutKeys(),
                Masking.defaults(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    void append(ReceiptDraft draft) {
        this.log.append(draft);
    }

    int port() {
        return this.server.port();
    }

    /** What the operator was shown. */
    String credential() {
        return this.credential.get();
    }

    @Override
    public void close() {
        this.server.close();
    }
}
