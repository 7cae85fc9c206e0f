package cloud.enact.approval;

/**
 * A request as stores keep it: a document, what stores look for, and a seal over all of it.
 *
 * @param id its ticket
 * @param call digest of the call it is about
 * @param open whether its state is not final
 * @param version counts its changes
 * @param expiresAt in milliseconds since 1970
 * @param document the request, never changed after it was made
 * @param seal the seal
 */
public record ApprovalRow(
        String id, String call, boolean open, long version, long expiresAt, byte[] document, String seal) {

    /** The ticket. */
    @Override
    public String toString() {
        return "ApprovalRow[" + this.id + "]";
    }
}
