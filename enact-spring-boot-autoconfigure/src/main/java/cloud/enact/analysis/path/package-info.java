/** What a path really names. */
@NullMarked
package cloud.enact.analysis.path;

import org.jspecify.annotations.NullMarked;
