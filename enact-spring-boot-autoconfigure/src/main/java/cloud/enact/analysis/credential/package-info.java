/** Finds secrets in text, for policies and for masking alike. */
@NullMarked
package cloud.enact.analysis.credential;

import org.jspecify.annotations.NullMarked;
