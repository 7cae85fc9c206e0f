/** The built-in policies of the category {@code search}. */
@NullMarked
package cloud.enact.policy.builtin.search;

import org.jspecify.annotations.NullMarked;
