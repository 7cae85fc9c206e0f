/** The built-in policies, one package-private class each. */
@NullMarked
package cloud.enact.policy.builtin;

import org.jspecify.annotations.NullMarked;
