/** Systems with an HTTP API, whose operations are declared in YAML. */
@NullMarked
package cloud.enact.connector.http;

import org.jspecify.annotations.NullMarked;
