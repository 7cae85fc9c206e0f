/** Policies written as CEL expressions. */
@NullMarked
package cloud.enact.policy.cel;

import org.jspecify.annotations.NullMarked;
