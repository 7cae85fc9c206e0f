package cloud.enact.observation;

/** Stands for what an action threw, where its message must not be copied. */
final class ActionFailedException extends RuntimeException {

    ActionFailedException() {
        super("The action failed; its class is in error.type, and more in its receipt", null, false, false);
    }
}
