/** What other policies would have said of calls that are on record. */
@NullMarked
package cloud.enact.replay;

import org.jspecify.annotations.NullMarked;
