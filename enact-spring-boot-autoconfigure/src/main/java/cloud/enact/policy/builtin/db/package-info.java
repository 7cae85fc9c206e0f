/** The built-in policies of the category {@code db}. */
@NullMarked
package cloud.enact.policy.builtin.db;

import org.jspecify.annotations.NullMarked;
