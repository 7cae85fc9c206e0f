/** The door for Claude Code: its hooks over HTTP. */
@NullMarked
package cloud.enact.hook.claudecode;

import org.jspecify.annotations.NullMarked;
