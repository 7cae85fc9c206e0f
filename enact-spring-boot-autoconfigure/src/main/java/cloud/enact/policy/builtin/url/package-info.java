/** The built-in policies of the category {@code url}. */
@NullMarked
package cloud.enact.policy.builtin.url;

import org.jspecify.annotations.NullMarked;
