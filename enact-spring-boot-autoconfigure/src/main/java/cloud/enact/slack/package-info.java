/** Connections to Slack's Web API: what all that talks to Slack has in common. */
@NullMarked
package cloud.enact.slack;

import org.jspecify.annotations.NullMarked;
