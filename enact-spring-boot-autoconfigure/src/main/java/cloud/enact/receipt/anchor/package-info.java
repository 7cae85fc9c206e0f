/** Places outside the receipt store that remember checkpoints, and reading them back. */
@NullMarked
package cloud.enact.receipt.anchor;

import org.jspecify.annotations.NullMarked;
