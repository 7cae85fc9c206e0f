package cloud.enact.autoconfigure;

import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Loads the embedded store's native library beside the start of the application, which would wait 0.1 s for it. */
final class EmbeddedStorePreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() throws Exception {
        SqliteReceiptStore.loadLibrary();
    }
}
