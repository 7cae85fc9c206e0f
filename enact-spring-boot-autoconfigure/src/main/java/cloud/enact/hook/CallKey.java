package cloud.enact.hook;

/**
 * What tells one call of an agent from every other.
 *
 * @param session the session it is of
 * @param callId the agent's id of it
 */
record CallKey(SessionKey session, String callId) {}
