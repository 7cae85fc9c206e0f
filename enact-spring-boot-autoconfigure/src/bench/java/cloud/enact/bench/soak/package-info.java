/** What only shows after a while: memory, and what an outage leaves behind. */
@NullMarked
package cloud.enact.bench.soak;

import org.jspecify.annotations.NullMarked;
