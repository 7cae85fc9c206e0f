/** Messages and reactions in Slack, with built-in capture and undo. */
@NullMarked
package cloud.enact.connector.slack;

import org.jspecify.annotations.NullMarked;
