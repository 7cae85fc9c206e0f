/** What stores of requests in databases of SQL have in common. */
@NullMarked
package cloud.enact.approval.sql;

import org.jspecify.annotations.NullMarked;
