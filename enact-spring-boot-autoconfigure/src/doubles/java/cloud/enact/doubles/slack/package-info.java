/** A double of Slack's Web API. */
@NullMarked
package cloud.enact.doubles.slack;

import org.jspecify.annotations.NullMarked;
