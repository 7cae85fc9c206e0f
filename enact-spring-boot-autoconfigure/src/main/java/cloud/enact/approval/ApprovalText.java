package cloud.enact.approval;

import cloud.enact.action.Printable;
import java.util.List;

/** A request as plain text, the same for every channel. What models wrote stands behind a mark in each line. */
public final class ApprovalText {

    private static final int LONGEST_SUBJECT = 120;

    private static final String MARK = "  | ";

    private ApprovalText() {}

    /** One line that says what it is about. */
    public static String subject(ApprovalMessage message) {
        return Printable.line("Approval wanted: " + new ApprovalView(message.request()).action(), LONGEST_SUBJECT);
    }

    /** All of it, with the links where there are any. */
    public static String body(ApprovalMessage message) {
        ApprovalView view = new ApprovalView(message.request());
        StringBuilder text = new StringBuilder();
        text.append("An agent wants to do something that a person has to look at first.\n\n");
        text.append("Action: ").append(view.action()).append('\n');
        text.append("Asked by: ").append(view.requester()).append(", on ").append(view.asked());
        text.append("\nAnswer until: ").append(view.until()).append(". Silence counts as a no.\n\n");
        if (message.approve() != null && message.deny() != null) {
            text.append("Approve: ").append(message.approve()).append("\n\n");
            text.append("Deny: ").append(message.deny()).append("\n\n");
            text.append("Each link opens a page that asks once more. The links are yours: pass them on to nobody.\n\n");
        }
        lines(text, "Why a person is asked:", view.asks());
        text.append(view.effect()).append('\n').append(view.reversibility()).append('\n');
        if (!view.quorum().isEmpty()) {
            text.append(view.quorum()).append('\n');
        }
        text.append('\n');
        lines(text, "What it would be done with, as whoever asks wrote it:", view.arguments());
        text.append("Ticket: ").append(view.ticket()).append('\n');
        return text.toString();
    }

    private static void lines(StringBuilder text, String title, List<ApprovalView.Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append(title).append('\n');
        for (ApprovalView.Line line : lines) {
            String shown = line.name() + ": " + line.value();
            shown.lines().forEach(each -> text.append(MARK).append(each).append('\n'));
        }
        text.append('\n');
    }
}
