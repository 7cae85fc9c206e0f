/** Wrapped data keys for several application nodes: in a schema of PostgreSQL. */
@NullMarked
package cloud.enact.encryption.jdbc;

import org.jspecify.annotations.NullMarked;
