/** Doubles of systems with a JSON API over HTTP. */
@NullMarked
package cloud.enact.doubles.http;

import org.jspecify.annotations.NullMarked;
