/** The built-in policies of the category {@code time}. */
@NullMarked
package cloud.enact.policy.builtin.time;

import org.jspecify.annotations.NullMarked;
