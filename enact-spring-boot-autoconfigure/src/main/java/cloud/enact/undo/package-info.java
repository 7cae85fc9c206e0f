/** Steps, pre-state, fingerprints and the write-ahead undo log. */
@NullMarked
package cloud.enact.undo;

import org.jspecify.annotations.NullMarked;
