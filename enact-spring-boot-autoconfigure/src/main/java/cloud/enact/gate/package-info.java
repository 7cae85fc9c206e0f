/** The enforcement point on the call path, and the doors that lead to it. */
@NullMarked
package cloud.enact.gate;

import org.jspecify.annotations.NullMarked;
