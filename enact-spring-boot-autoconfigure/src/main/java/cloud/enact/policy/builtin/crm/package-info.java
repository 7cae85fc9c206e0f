/** The built-in policies of the category {@code crm}. */
@NullMarked
package cloud.enact.policy.builtin.crm;

import org.jspecify.annotations.NullMarked;
