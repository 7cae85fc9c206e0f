/** Policy files in the format of Cerbos. */
@NullMarked
package cloud.enact.policy.cerbos;

import org.jspecify.annotations.NullMarked;
