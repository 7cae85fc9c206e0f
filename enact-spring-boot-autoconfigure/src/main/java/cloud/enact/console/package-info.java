/** Pages for people: receipts, runs, approvals, policies, integrity, and who may look at them or change something. */
@NullMarked
package cloud.enact.console;

import org.jspecify.annotations.NullMarked;
