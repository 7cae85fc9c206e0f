/** Keys under which what is kept is encrypted: master keys, and a data key per subject that can be dropped. */
@NullMarked
package cloud.enact.encryption;

import org.jspecify.annotations.NullMarked;
