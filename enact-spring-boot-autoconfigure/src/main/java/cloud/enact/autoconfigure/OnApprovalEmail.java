package cloud.enact.autoconfigure;

/** Whether {@code enact.approval.email} says whom to tell, or who tells those that calls name. */
final class OnApprovalEmail extends OnNamedPeople {

    OnApprovalEmail() {
        super("enact.approval.email.to", "enact.approval.email.from");
    }
}
