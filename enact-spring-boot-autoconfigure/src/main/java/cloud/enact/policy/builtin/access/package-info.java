/** The built-in policies of the category {@code access}. */
@NullMarked
package cloud.enact.policy.builtin.access;

import org.jspecify.annotations.NullMarked;
