/** The embedded receipt store: one SQLite file. */
@NullMarked
package cloud.enact.receipt.sqlite;

import org.jspecify.annotations.NullMarked;
