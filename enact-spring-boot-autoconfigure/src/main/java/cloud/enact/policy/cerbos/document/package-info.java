/** What Cerbos-format files say, before it is compiled. */
@NullMarked
package cloud.enact.policy.cerbos.document;

import org.jspecify.annotations.NullMarked;
