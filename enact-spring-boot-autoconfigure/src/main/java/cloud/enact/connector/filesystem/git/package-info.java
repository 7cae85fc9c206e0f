/**
 * Content that a git repository has: read from its files, with nothing of git run or configured.
 *
 * <p>A repository may be hostile. Whatever is not plain here counts as not kept: links, pipes, references that lead out,
 * lengths beyond bounds, formats this room does not know, objects that are elsewhere (alternates, promisors).
 */
@NullMarked
package cloud.enact.connector.filesystem.git;

import org.jspecify.annotations.NullMarked;
