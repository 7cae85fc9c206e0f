/** The built-in policies of the category {@code filesystem}. */
@NullMarked
package cloud.enact.policy.builtin.filesystem;

import org.jspecify.annotations.NullMarked;
