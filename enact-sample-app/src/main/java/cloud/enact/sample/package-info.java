/** A scripted agent with real tools meets the gate. */
@NullMarked
package cloud.enact.sample;

import org.jspecify.annotations.NullMarked;
