/** The undo log in an embedded SQLite file. */
@NullMarked
package cloud.enact.undo.sqlite;

import org.jspecify.annotations.NullMarked;
