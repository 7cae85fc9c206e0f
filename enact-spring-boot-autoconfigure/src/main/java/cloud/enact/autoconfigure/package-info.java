/** Spring Boot auto-configuration: conditions and wiring, no behaviour. */
@NullMarked
package cloud.enact.autoconfigure;

import org.jspecify.annotations.NullMarked;
