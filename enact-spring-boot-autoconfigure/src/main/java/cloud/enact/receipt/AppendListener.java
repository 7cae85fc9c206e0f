package cloud.enact.receipt;

import java.time.Duration;

/** Hears what became of receipts that were handed to the log, on the thread that waited. What it throws is logged. */
public interface AppendListener {

    /**
     * A receipt is durable.
     *
     * @param took how long its caller waited
     */
    default void appended(Receipt receipt, Duration took) {}

    /**
     * A receipt could not be made durable.
     *
     * @param draft what it would have said, unmasked
     * @param reason why
     * @param took how long its caller waited
     */
    default void failed(ReceiptDraft draft, RuntimeException reason, Duration took) {}
}
