/** The expressions of Cerbos-format policies: CEL with the functions that such policies may call. */
@NullMarked
package cloud.enact.policy.cerbos.expression;

import org.jspecify.annotations.NullMarked;
