/** The built-in policies of the category {@code cloud}. */
@NullMarked
package cloud.enact.policy.builtin.cloud;

import org.jspecify.annotations.NullMarked;
