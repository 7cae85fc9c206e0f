package cloud.enact.policy;

/** Whether decisions stop calls. */
public enum EnactMode {
    /** A call that is not passed does not happen. */
    ENFORCE,
    /** Everything is decided and recorded, nothing is stopped. */
    OBSERVE
}
