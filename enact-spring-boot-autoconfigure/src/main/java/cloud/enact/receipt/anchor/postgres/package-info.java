/** Checkpoints in a PostgreSQL database of another server. */
@NullMarked
package cloud.enact.receipt.anchor.postgres;

import org.jspecify.annotations.NullMarked;
