/** E-mail that is sent once. */
@NullMarked
package cloud.enact.connector.email;

import org.jspecify.annotations.NullMarked;
