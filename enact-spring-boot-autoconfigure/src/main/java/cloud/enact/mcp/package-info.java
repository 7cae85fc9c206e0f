/** Tools that come and go over MCP: those of remote servers, and those this application serves. */
@NullMarked
package cloud.enact.mcp;

import org.jspecify.annotations.NullMarked;
