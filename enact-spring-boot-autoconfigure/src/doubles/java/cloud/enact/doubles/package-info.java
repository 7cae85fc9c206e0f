/** Doubles of remote systems, for tests and for the demo: real protocols over real data, on this machine. */
@NullMarked
package cloud.enact.doubles;

import org.jspecify.annotations.NullMarked;
