/** Receipts that are durable when the caller goes on, beside what else one could do with the same disk. */
@NullMarked
package cloud.enact.bench.durable;

import org.jspecify.annotations.NullMarked;
