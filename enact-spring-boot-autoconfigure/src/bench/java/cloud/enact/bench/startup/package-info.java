/** The tiny application whose start-up is measured with and without the starter. */
@NullMarked
package cloud.enact.bench.startup;

import org.jspecify.annotations.NullMarked;
