/** The way back: plan, precheck, execution, report. */
@NullMarked
package cloud.enact.rollback;

import org.jspecify.annotations.NullMarked;
