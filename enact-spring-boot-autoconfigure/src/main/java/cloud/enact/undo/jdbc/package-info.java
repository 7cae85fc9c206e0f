/** The undo log for several application nodes: in a schema of PostgreSQL. */
@NullMarked
package cloud.enact.undo.jdbc;

import org.jspecify.annotations.NullMarked;
