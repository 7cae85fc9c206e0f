package cloud.enact.autoconfigure;

/** Whether {@code enact.approval.slack.to} names somebody. */
final class OnApprovalSlack extends OnNamedPeople {

    OnApprovalSlack() {
        super("enact.approval.slack.to");
    }
}
