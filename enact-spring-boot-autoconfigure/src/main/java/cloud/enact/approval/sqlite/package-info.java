/** Requests for approval in an embedded SQLite file. */
@NullMarked
package cloud.enact.approval.sqlite;

import org.jspecify.annotations.NullMarked;
