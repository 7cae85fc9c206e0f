package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;

/** Writes receipts as lines. Stateless. */
interface LineFormat {

    /** What stands before the first receipt, with the end of its line. */
    default byte[] header() {
        return new byte[0];
    }

    /** A receipt, with the end of its line; a damaged one, too. */
    byte[] line(Receipt receipt);
}
