package cloud.enact.hook.claudecode;

import cloud.enact.hook.AgentCall;

/**
 * A request that could be read.
 *
 * @param event the event
 * @param call what it tells
 * @param settled whether nothing that is answered changes anything, although the event can be answered
 */
record HookRequest(HookEvent event, AgentCall call, boolean settled) {}
