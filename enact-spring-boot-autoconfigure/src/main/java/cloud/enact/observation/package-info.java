/** Meters over the gate and the receipt log; the only room that knows Micrometer's registry. */
@NullMarked
package cloud.enact.observation;

import org.jspecify.annotations.NullMarked;
