/** What an application sees first: the annotations and the {@link cloud.enact.Enact} façade. */
@NullMarked
package cloud.enact;

import org.jspecify.annotations.NullMarked;
