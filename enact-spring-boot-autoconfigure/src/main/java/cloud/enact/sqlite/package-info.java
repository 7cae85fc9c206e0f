/** What all stores in a SQLite file have in common: the file and its rights, connections, and what errors mean. */
@NullMarked
package cloud.enact.sqlite;

import org.jspecify.annotations.NullMarked;
