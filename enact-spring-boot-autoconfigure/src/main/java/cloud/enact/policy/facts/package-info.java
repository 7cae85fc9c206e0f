/** The facts of a call as expressions read them and explanations show them. */
@NullMarked
package cloud.enact.policy.facts;

import org.jspecify.annotations.NullMarked;
