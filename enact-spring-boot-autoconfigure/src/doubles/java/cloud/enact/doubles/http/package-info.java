/** Stand-ins for systems with an HTTP API, each as its vendor's documentation describes it. */
@NullMarked
package cloud.enact.doubles.http;

import org.jspecify.annotations.NullMarked;
