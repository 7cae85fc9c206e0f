/** Undo of what coding agents do with files on this machine. */
@NullMarked
package cloud.enact.hook.undo;

import org.jspecify.annotations.NullMarked;
