/** Questions over HTTP: what would be decided, without doing or recording anything. */
@NullMarked
package cloud.enact.api;

import org.jspecify.annotations.NullMarked;
