package cloud.enact.gate;

/** A model was about to be offered a tool past the gate, and {@code enact.strict} forbids that. */
public class UngatedToolException extends RuntimeException {

    UngatedToolException(String message) {
        super(message);
    }
}
