/** Asking people: requests, their answers, and where both are kept. */
@NullMarked
package cloud.enact.approval;

import org.jspecify.annotations.NullMarked;
