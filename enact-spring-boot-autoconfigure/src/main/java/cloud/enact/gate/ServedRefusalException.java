package cloud.enact.gate;

/** Tells whoever serves a tool callback that its call was refused; the message is the refusal as a model reads it. */
final class ServedRefusalException extends RuntimeException {

    ServedRefusalException(String refusal, ActionBlockedException cause) {
        super(refusal, cause, false, false);
    }
}
