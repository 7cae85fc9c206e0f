/** Tests of what proxies can't reach: classes that ajc wove the gate into. */
@NullMarked
package cloud.enact.gate.woven;

import org.jspecify.annotations.NullMarked;
