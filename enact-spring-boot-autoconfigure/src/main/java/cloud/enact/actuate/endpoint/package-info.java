/** Actuator endpoints, health and info. */
@NullMarked
package cloud.enact.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
