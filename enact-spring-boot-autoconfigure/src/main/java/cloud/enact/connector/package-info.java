/** Allow-listed operations on one system, with built-in capture and undo. */
@NullMarked
package cloud.enact.connector;

import org.jspecify.annotations.NullMarked;
