/** The built-in policies of the category {@code email}. */
@NullMarked
package cloud.enact.policy.builtin.email;

import org.jspecify.annotations.NullMarked;
