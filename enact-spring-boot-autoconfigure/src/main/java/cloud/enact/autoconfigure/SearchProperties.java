package cloud.enact.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Search in the text of receipts.
 *
 * @param enabled Whether the text of receipts is indexed, after they are written.
 */
record SearchProperties(@DefaultValue("false") boolean enabled) {}
