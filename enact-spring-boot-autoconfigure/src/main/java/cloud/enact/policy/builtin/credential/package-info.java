/** The built-in policies of the category {@code credential}. */
@NullMarked
package cloud.enact.policy.builtin.credential;

import org.jspecify.annotations.NullMarked;
