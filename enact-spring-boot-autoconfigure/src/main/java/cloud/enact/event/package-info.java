/** What Enact tells the application as events of Spring: ids and names, never arguments. */
@NullMarked
package cloud.enact.event;

import org.jspecify.annotations.NullMarked;
