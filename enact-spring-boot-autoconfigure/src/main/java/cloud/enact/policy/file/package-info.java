/** Policy files in Enact's own format, and the packs that come with it. */
@NullMarked
package cloud.enact.policy.file;

import org.jspecify.annotations.NullMarked;
