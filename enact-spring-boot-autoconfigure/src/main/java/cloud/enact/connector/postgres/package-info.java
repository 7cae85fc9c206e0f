/** PostgreSQL: a guard over data sources that has every row captured which a governed action changes. */
@NullMarked
package cloud.enact.connector.postgres;

import org.jspecify.annotations.NullMarked;
