/** Policies tried out without an application: test files, the linter, explanations. */
@NullMarked
package cloud.enact.policy.check;

import org.jspecify.annotations.NullMarked;
