package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what a {@link ReceiptStoreException} says that ends the start-up, such as a folder that is not writable. */
final class ReceiptStoreFailureAnalyzer extends AbstractFailureAnalyzer<ReceiptStoreException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ReceiptStoreException cause) {
        if (findCause(rootFailure, EnactStartupException.class) != null) {
            // it says more about what to do
            return null;
        }
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "See enact.receipts in the configuration, and docs/receipts.md.",
                cause);
    }
}
