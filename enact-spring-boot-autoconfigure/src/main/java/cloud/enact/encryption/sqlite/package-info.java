/** Wrapped data keys in a SQLite file. */
@NullMarked
package cloud.enact.encryption.sqlite;

import org.jspecify.annotations.NullMarked;
