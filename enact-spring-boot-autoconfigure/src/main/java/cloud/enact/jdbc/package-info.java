/** What all stores in a schema of PostgreSQL have in common: connections, scripts, and what errors mean. */
@NullMarked
package cloud.enact.jdbc;

import org.jspecify.annotations.NullMarked;
