package cloud.enact.approval;

/** A door gives no answer, or takes none. The message is for the caller and echoes no value that was sent. */
public final class ApprovalDoorException extends RuntimeException {

    private final int status;

    private final String title;

    ApprovalDoorException(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    /** The status of HTTP. */
    public int status() {
        return this.status;
    }

    /** What is the matter, in a few words. */
    public String title() {
        return this.title;
    }
}
