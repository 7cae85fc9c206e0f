/** People who are told in Slack that they are asked. */
@NullMarked
package cloud.enact.approval.slack;

import org.jspecify.annotations.NullMarked;
