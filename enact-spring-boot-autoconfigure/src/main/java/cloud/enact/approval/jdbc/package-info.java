/** Requests for approval in PostgreSQL. */
@NullMarked
package cloud.enact.approval.jdbc;

import org.jspecify.annotations.NullMarked;
