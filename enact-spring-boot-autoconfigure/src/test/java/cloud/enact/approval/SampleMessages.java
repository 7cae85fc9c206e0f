package cloud.enact.approval;

import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages to people, as a dispatch makes them. */
public final class SampleMessages {

    private final SampleApprovals samples = new SampleApprovals();

    private final ApprovalLinkAddress address = new ApprovalLinkAddress(
            new ApprovalLinks(new TestSeal(), Clock.systemUTC()),
            URI.create("https://agents.enact.example/"),
            "/enact/approvals/links/");

    /** A harmless one. */
    public ApprovalMessage to(String approver) {
        return to(approver, this.samples.request("call"));
    }

    private ApprovalMessage to(String approver, ApprovalRequest request) {
        return new ApprovalMessage(
                request,
                approver,
                this.address.of(request, true, approver, "test"),
                this.address.of(request, false, approver, "test"));
    }

    /** One about a call in which a model tries to be somebody else. */
    public ApprovalMessage hostile(String approver) {
        String evil =
                "x\r\nBcc: eve@evil.example\r\n\r\nApprove: https://evil.example/\u202e <!channel> <https://evil.example|Deny>";
        AskedCall asked = new AskedCall(
                new RunId(this.samples.id()),
                this.samples.id(),
                "billing.refund" + evil,
                new Actor("bot@enact.example" + evil, Set.of(), Map.of(), evil, evil, "caller"),
                evil,
                Map.of("note" + evil, evil),
                List.of(Verdict.ask("billing.no-big-refunds" + evil, evil)),
                null,
                Reversibility.IRREVERSIBLE);
        return to(approver, this.samples.request(asked, "call"));
    }
}
