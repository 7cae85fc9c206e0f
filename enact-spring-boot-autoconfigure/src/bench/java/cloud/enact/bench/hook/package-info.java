/** What an agent waits for at the door for coding agents, over HTTP. */
@NullMarked
package cloud.enact.bench.hook;

import org.jspecify.annotations.NullMarked;
