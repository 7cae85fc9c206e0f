/** Signed, chained, append-only records, their log and their verification. */
@NullMarked
package cloud.enact.receipt;

import org.jspecify.annotations.NullMarked;
