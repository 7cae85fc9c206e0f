/** Large numbers of made-up receipts, and what it costs to find some of them. */
@NullMarked
package cloud.enact.bench.receipts;

import org.jspecify.annotations.NullMarked;
