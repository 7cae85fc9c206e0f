/** Events posted to an address, signed: what all webhooks have in common. */
@NullMarked
package cloud.enact.webhook;

import org.jspecify.annotations.NullMarked;
