/** The receipt store for several application nodes: a schema in PostgreSQL. */
@NullMarked
package cloud.enact.receipt.jdbc;

import org.jspecify.annotations.NullMarked;
