/** What a decision costs. */
@NullMarked
package cloud.enact.bench.policy;

import org.jspecify.annotations.NullMarked;
