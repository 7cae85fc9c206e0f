package cloud.enact.undo;

/**
 * What a step found before its change and expects to leave behind.
 *
 * @param before the state to come back to
 * @param expected the state the change will leave, so that a crash in between can be resolved by looking
 */
public record Capture(PreState before, Fingerprint expected) {}
