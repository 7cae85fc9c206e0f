/** Capturing and restoring rows of PostgreSQL, beside doing without and beside other ways to do it. */
@NullMarked
package cloud.enact.bench.rows;

import org.jspecify.annotations.NullMarked;
