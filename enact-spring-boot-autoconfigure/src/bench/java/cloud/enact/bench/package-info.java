/** Measurements behind the {@code bench} profile; see {@code docs/benchmarks.md}. */
@NullMarked
package cloud.enact.bench;

import org.jspecify.annotations.NullMarked;
