package cloud.enact.hook;

/** Answers what coding agents ask. Thread-safe. */
public interface AgentDesk {

    /**
     * Answers one call.
     *
     * @throws RuntimeException when it can't be answered; nothing may be done then
     */
    AgentAnswer answer(AgentCall call, Installation installation);

    /** Puts on record that a call was denied because it can't be read. */
    void unreadable(UnreadableCall call, Installation installation);
}
