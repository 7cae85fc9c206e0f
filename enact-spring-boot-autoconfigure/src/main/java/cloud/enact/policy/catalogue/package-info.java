/** All policies that Enact brings along. */
@NullMarked
package cloud.enact.policy.catalogue;

import org.jspecify.annotations.NullMarked;
