package cloud.enact.gate;

/** Marks a tool callback, provider or resolver that leads through the gate, so that it is not wrapped twice. */
interface GatedTool {}
