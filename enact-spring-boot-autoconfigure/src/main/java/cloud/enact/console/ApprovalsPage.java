package cloud.enact.console;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalRefusedException;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalView;
import cloud.enact.approval.AskedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls that wait for a person, and what people said of others. Thread-safe. */
final class ApprovalsPage {

    private static final int PENDING = 50;

    private static final int NEWEST = 25;

    private static final int LONGEST_REASON = ApprovalAnswer.MAX_REASON;

    private final ApprovalService approvals;

    private final Frame frame;

    private final Shown shown = new Shown();

    ApprovalsPage(ApprovalService approvals, Frame frame) {
        this.approvals = approvals;
        this.frame = frame;
    }

    Reply answer(PageRequest request) {
        request.requireOnly(Set.of("after"));
        return page(request, 200, null);
    }

    private Reply page(PageRequest request, int status, @Nullable String problem) {
        String after = request.field("after");
        List<ApprovalRequest> open = this.approvals.findOpen((after != null) ? PageRequest.id(after) : null, PENDING);
        Map<String, @Nullable Object> model = this.frame.model(request, "Approvals");
        model.put("problem", problem);
        model.put(
                "pending",
                open.stream()
                        .filter(asked -> asked.state() == ApprovalState.PENDING)
                        .map(asked -> model(request, asked))
                        .toList());
        model.put(
                "next",
                (open.size() == PENDING)
                        ? request.base() + "/approvals?after="
                                + open.get(PENDING - 1).id()
                        : null);
        model.put(
                "answered",
                this.approvals.findNewest(null, NEWEST).stream()
                        .filter(asked -> asked.state() != ApprovalState.PENDING)
                        .map(asked -> model(request, asked))
                        .toList());
        return this.frame.render(status, "approvals", model);
    }

    /** Takes a person's answer. */
    Reply decide(PageRequest request) {
        UUID id = PageRequest.id(request.segment(1));
        ApprovalRequest asked = this.approvals.find(id).orElseThrow(ConsoleException::notFound);
        String answer = request.field("answer");
        boolean approved = "approve".equals(answer);
        if (!approved && !"deny".equals(answer)) {
            throw ConsoleException.malformed("The answer is to approve or to deny.");
        }
        try {
            this.approvals.answer(
                    id,
                    request.visitor().approver(asked.terms().groups()),
                    approved,
                    request.field("reason", LONGEST_REASON));
        } catch (ApprovalRefusedException ex) {
            return page(request, 409, ex.getMessage());
        }
        return Reply.redirect(request.base() + "/approvals#request-" + id);
    }

    private Map<String, @Nullable Object> model(PageRequest request, ApprovalRequest asked) {
        AskedCall call = asked.asked();
        ApprovalView view = new ApprovalView(asked);
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("id", view.ticket());
        model.put("idShort", Shown.shortened(view.ticket()));
        model.put("action", view.action());
        model.put("requester", view.requester());
        model.put("run", request.base() + "/runs/" + call.runId());
        model.put("runShort", Shown.shortened(call.runId().toString()));
        this.shown.time(model, "asked", asked.timestamp());
        this.shown.time(model, "expires", asked.terms().expiresAt());
        model.put("badge", Shown.badge(asked.state().name()));
        ShownArguments arguments = ShownArguments.of(call.payload(), this.shown::whole);
        model.put("payload", arguments.json());
        model.put("missing", arguments.warning());
        model.put("effect", view.effect());
        model.put("reversibility", view.reversibility());
        model.put("quorum", view.quorum());
        model.put("asks", view.asks().stream().map(ApprovalsPage::ask).toList());
        model.put("answers", answers(asked));
        model.put("notes", asked.notes());
        return model;
    }

    private static Map<String, @Nullable Object> ask(ApprovalView.Line ask) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("policy", ask.name());
        model.put("reason", ask.value());
        return model;
    }

    private List<Map<String, @Nullable Object>> answers(ApprovalRequest asked) {
        List<Map<String, @Nullable Object>> answers = new ArrayList<>();
        for (ApprovalAnswer answer : asked.answers()) {
            Map<String, @Nullable Object> model = new LinkedHashMap<>();
            model.put("badge", Shown.badge(answer.approved() ? "APPROVED" : "DENIED"));
            model.put("approver", Shown.line(answer.approver(), 300));
            model.put("channel", answer.channel());
            model.put("reason", answer.reason());
            this.shown.time(model, "time", answer.timestamp());
            answers.add(model);
        }
        return answers;
    }
}
