/** Where an address on the web really leads, as browsers and HTTP clients read it: facts, no opinion. */
@NullMarked
package cloud.enact.analysis.url;

import org.jspecify.annotations.NullMarked;
