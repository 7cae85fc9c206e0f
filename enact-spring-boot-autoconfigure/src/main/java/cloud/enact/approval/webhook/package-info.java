/** People who are told over HTTP that they are asked. */
@NullMarked
package cloud.enact.approval.webhook;

import org.jspecify.annotations.NullMarked;
