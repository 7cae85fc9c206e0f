/** What a statement really does: facts, no opinion. */
@NullMarked
package cloud.enact.analysis.sql;

import org.jspecify.annotations.NullMarked;
