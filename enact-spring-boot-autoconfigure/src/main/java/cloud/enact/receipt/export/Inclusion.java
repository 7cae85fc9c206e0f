package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;

/** How it is known that receipts are in a log whose checkpoint was signed. Sees every receipt once, in order. */
interface Inclusion {

    /** What is known of one receipt. */
    enum Found {
        /** Nothing proves it. */
        NONE,
        /** It will be known when the checkpoint after it comes by. */
        LATER,
        /** It is in a log whose checkpoint is signed with a key that whoever checks has named. */
        NAMED,
        /** The same, but the key is only known from the bundle. */
        OWN
    }

    Found of(Receipt receipt, Findings findings);

    /** A receipt with {@link Found#LATER} whose signature could not be checked. */
    default void unsigned(Receipt receipt) {}

    /** No further receipt comes. */
    default void end(Findings findings) {}
}
