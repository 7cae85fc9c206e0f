/** Deterministic rules over a request, and the decision they add up to. */
@NullMarked
package cloud.enact.policy;

import org.jspecify.annotations.NullMarked;
