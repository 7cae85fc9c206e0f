/** What a command line really does: facts, no opinion. */
@NullMarked
package cloud.enact.analysis.shell;

import org.jspecify.annotations.NullMarked;
