package cloud.enact.approval.web;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalLinkException;
import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalRefusedException;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.approval.ApprovalView;
import cloud.enact.approval.Approver;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/**
 * The page behind links. {@code GET} only shows what is asked, because what scans mail opens links; {@code POST} answers.
 * Thread-safe.
 */
@RestController
public final class ApprovalLinkController {

    /** Where links lead, below the address of the application. */
    public static final String PATH = "/enact/approvals/links/";

    private static final Log logger = LogFactory.getLog(ApprovalLinkController.class);

    private final ApprovalLinks links;

    private final ApprovalService approvals;

    private final ApprovalGroups groups;

    private final LinkPage page = new LinkPage();

    /**
     * Makes the page.
     *
     * @param links reads links
     * @param approvals counts the answers
     * @param groups knows the groups of the people links were sent to
     */
    public ApprovalLinkController(ApprovalLinks links, ApprovalService approvals, ApprovalGroups groups) {
        this.links = links;
        this.approvals = approvals;
        this.groups = groups;
    }

    /** Shows what is asked. */
    @GetMapping(PATH + "{token}")
    ResponseEntity<byte[]> show(@PathVariable("token") String token) {
        return answer(token, link -> {
            Optional<ApprovalRequest> found = this.approvals.find(link.request());
            if (found.isEmpty()) {
                return unknown();
            }
            ApprovalView view = new ApprovalView(found.get());
            return (found.get().state() == ApprovalState.PENDING)
                    ? this.page.question(view, link.approve(), link.approver())
                    : over(found.get());
        });
    }

    /** Answers. */
    @PostMapping(PATH + "{token}")
    ResponseEntity<byte[]> decide(@PathVariable("token") String token, WebRequest request) {
        return answer(token, link -> {
            String answer;
            String reason;
            try {
                answer = field(request, "answer");
                reason = field(request, "reason");
            } catch (RuntimeException ex) {
                // each server throws something of its own, with what was sent in the message
                logger.debug("Fields of an answer can't be read");
                return this.page.statement(
                        400,
                        "The answer can't be read",
                        "Open the link again and use its button. Nothing has been answered yet.",
                        null);
            }
            if (!(link.approve() ? "approve" : "deny").equals(answer)) {
                return this.page.statement(
                        403,
                        "This link does something else",
                        link.approve()
                                ? "This link approves, and can do nothing else. Open it again and use its button."
                                : "This link denies, and can do nothing else. Open it again and use its button.",
                        null);
            }
            if (reason.length() > ApprovalAnswer.MAX_REASON) {
                return this.page.statement(
                        400,
                        "The reason is too long",
                        "Give at most " + ApprovalAnswer.MAX_REASON + " characters. Nothing has been answered yet.",
                        null);
            }
            return decide(link, reason.isBlank() ? null : reason);
        });
    }

    /**
     * What a field holds; one that was sent twice is none that a page of ours has. Browsers count the end of a line as
     * one character and send it as two.
     */
    private static String field(WebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return (values != null) ? String.join(",", values).replace("\r\n", "\n") : "";
    }

    private ResponseEntity<byte[]> decide(ApprovalLinks.Link link, @Nullable String reason) {
        Approver approver = new Approver(link.approver(), this.groups.of(link.approver()), link.channel());
        try {
            ApprovalRequest answered = this.approvals.answer(link.request(), approver, link.approve(), reason);
            ApprovalView view = new ApprovalView(answered);
            if (!link.approve()) {
                return this.page.statement(200, "Denied", "Your answer is on record. The action is not done.", view);
            }
            return this.page.statement(
                    200,
                    "Approved",
                    (answered.state() == ApprovalState.PENDING)
                            ? "Your answer is on record. " + view.quorum()
                            : "Your answer is on record. The action can be done once, exactly as it is shown here.",
                    view);
        } catch (ApprovalRefusedException ex) {
            Optional<ApprovalRequest> found = this.approvals.find(link.request());
            if (found.isEmpty()) {
                return unknown();
            }
            return (found.get().state() == ApprovalState.PENDING)
                    ? this.page.statement(
                            403,
                            "Your answer does not count",
                            String.valueOf(ex.getMessage()),
                            new ApprovalView(found.get()))
                    : over(found.get());
        }
    }

    /** A link that was used, or that nobody needs any more. */
    private ResponseEntity<byte[]> over(ApprovalRequest request) {
        ApprovalView view = new ApprovalView(request);
        return (request.state() == ApprovalState.EXPIRED)
                ? this.page.statement(410, "Too late", view.state(), view)
                : this.page.statement(409, "Already answered", view.state() + " There is nothing to answer.", view);
    }

    private ResponseEntity<byte[]> unknown() {
        return this.page.statement(
                404,
                "No such request",
                "There is no request for this link any more. There is nothing to answer.",
                null);
    }

    private ResponseEntity<byte[]> answer(String token, Function<ApprovalLinks.Link, ResponseEntity<byte[]>> work) {
        try {
            return work.apply(this.links.read(token));
        } catch (ApprovalLinkException ex) {
            return this.page.statement(
                    ex.isExpired() ? 410 : 404,
                    ex.isExpired() ? "Too late" : "This link does not work",
                    String.valueOf(ex.getMessage()),
                    null);
        } catch (ApprovalStoreException ex) {
            logger.error("Approvals can't be read or written", ex);
            return this.page.statement(
                    503,
                    "Not available",
                    "Approvals can't be read or written at this moment. Open the link again later: it shows whether there is"
                            + " anything left to answer.",
                    null);
        } catch (RuntimeException ex) {
            // what went wrong inside is for the log: its message may hold what nobody must see here
            logger.error("A link can't be answered", ex);
            return this.page.statement(
                    500,
                    "Something went wrong",
                    "Open the link again later: it shows whether there is anything left to answer. Whoever runs this"
                            + " application finds the reason in its log.",
                    null);
        }
    }
}
