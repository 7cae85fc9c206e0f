/** A double of GitHub: its REST and GraphQL calls over real git repositories on this machine's disk. */
@NullMarked
package cloud.enact.doubles.github;

import org.jspecify.annotations.NullMarked;
