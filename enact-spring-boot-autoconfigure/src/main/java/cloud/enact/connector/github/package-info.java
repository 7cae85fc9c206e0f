/** GitHub: branches, commits, pull requests, issues, and the way back for each of them. */
@NullMarked
package cloud.enact.connector.github;

import org.jspecify.annotations.NullMarked;
