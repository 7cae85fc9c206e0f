package cloud.enact.autoconfigure;

import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import javax.crypto.Mac;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Loads beside the start of the application what it would wait for: the embedded store's library, and signing. */
final class EnactPreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() throws Exception {
        SqliteReceiptStore.loadLibrary();
        Mac.getInstance("HmacSHA256");
    }
}
