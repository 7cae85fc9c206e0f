/** Checkpoints as commits of a git repository. */
@NullMarked
package cloud.enact.receipt.anchor.git;

import org.jspecify.annotations.NullMarked;
