/** The command line. */
@NullMarked
package cloud.enact.cli;

import org.jspecify.annotations.NullMarked;
