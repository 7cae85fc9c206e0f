/** The built-in policies of the category {@code prompt}. */
@NullMarked
package cloud.enact.policy.builtin.prompt;

import org.jspecify.annotations.NullMarked;
