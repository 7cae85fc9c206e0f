/** Work that takes several steps, or a step with a look before it, ready to be given to an agent. */
@NullMarked
package cloud.enact.workflow;

import org.jspecify.annotations.NullMarked;
