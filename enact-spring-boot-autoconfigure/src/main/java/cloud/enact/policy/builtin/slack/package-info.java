/** The built-in policies of the category {@code slack}. */
@NullMarked
package cloud.enact.policy.builtin.slack;

import org.jspecify.annotations.NullMarked;
