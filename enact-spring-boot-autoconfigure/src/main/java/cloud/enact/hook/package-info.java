/** Calls of coding agents, whatever agent it is: they become actions, and what holds for them an answer. */
@NullMarked
package cloud.enact.hook;

import org.jspecify.annotations.NullMarked;
