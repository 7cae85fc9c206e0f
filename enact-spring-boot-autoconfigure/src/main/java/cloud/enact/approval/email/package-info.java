/** People who are told by e-mail that they are asked. */
@NullMarked
package cloud.enact.approval.email;

import org.jspecify.annotations.NullMarked;
