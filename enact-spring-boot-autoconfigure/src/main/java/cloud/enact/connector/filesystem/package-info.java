/** The filesystem connector: files under one root, undone byte for byte. */
@NullMarked
package cloud.enact.connector.filesystem;

import org.jspecify.annotations.NullMarked;
