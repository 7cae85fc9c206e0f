/** What well-known programs do when they are called so: facts, no opinion. */
@NullMarked
package cloud.enact.analysis.command;

import org.jspecify.annotations.NullMarked;
