/** Checkpoints sent over HTTP. */
@NullMarked
package cloud.enact.receipt.anchor.webhook;

import org.jspecify.annotations.NullMarked;
