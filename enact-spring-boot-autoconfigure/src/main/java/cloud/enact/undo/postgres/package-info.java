/** Capture and restoring of rows in PostgreSQL. */
@NullMarked
package cloud.enact.undo.postgres;

import org.jspecify.annotations.NullMarked;
