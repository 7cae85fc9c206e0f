/** The words of a call: request, run, actor, outcome. Depends on nothing. */
@NullMarked
package cloud.enact.action;

import org.jspecify.annotations.NullMarked;
