/** Search by the words in receipts: a projection beside the log, made in the background. */
@NullMarked
package cloud.enact.receipt.search;

import org.jspecify.annotations.NullMarked;
