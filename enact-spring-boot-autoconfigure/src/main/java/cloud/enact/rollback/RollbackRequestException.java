package cloud.enact.rollback;

/** A request for a rollback contradicts itself, or names a step that its run does not have. Nothing was touched. */
public final class RollbackRequestException extends IllegalArgumentException {

    RollbackRequestException(String message) {
        super(message);
    }
}
