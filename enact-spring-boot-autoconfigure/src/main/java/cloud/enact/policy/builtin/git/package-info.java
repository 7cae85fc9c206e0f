/** The built-in policies of the category {@code git}. */
@NullMarked
package cloud.enact.policy.builtin.git;

import org.jspecify.annotations.NullMarked;
