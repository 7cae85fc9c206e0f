/** The page behind a link that answers a request for approval. */
@NullMarked
package cloud.enact.approval.web;

import org.jspecify.annotations.NullMarked;
