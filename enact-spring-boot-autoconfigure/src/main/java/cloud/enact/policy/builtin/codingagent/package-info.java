/** Policies about what coding agents do on a command line, and with the tools that stand for one. */
@NullMarked
package cloud.enact.policy.builtin.codingagent;

import org.jspecify.annotations.NullMarked;
