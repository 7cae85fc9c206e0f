/** Receipts for others: exports in the formats of other systems, and evidence for auditors. */
@NullMarked
package cloud.enact.receipt.export;

import org.jspecify.annotations.NullMarked;
