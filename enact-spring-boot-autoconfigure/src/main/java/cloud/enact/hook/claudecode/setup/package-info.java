/** What makes Claude Code ask the guard: its settings, how they are written, and what is wrong with them. */
@NullMarked
package cloud.enact.hook.claudecode.setup;

import org.jspecify.annotations.NullMarked;
