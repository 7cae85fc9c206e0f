package cloud.enact.gate;

import cloud.enact.EnactAction;
import cloud.enact.Patience;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application whose larger refunds take an approval. */
class Refunds {

    static final Approver BOSS = new Approver("boss@example.com", Set.of("finance"), "test");

    private final List<Long> done = new CopyOnWriteArrayList<>();

    static ApplicationContextRunner application(Path directory) {
        return GateHarness.application(directory)
                .withConfiguration(AutoConfigurations.of(EnactApprovalAutoConfiguration.class))
                .withBean(Refunds.class)
                .withPropertyValues(
                        "enact.approval.enabled=true",
                        "enact.actor.id=ann@example.com",
                        "enact.policies[0].name=no-big-refunds",
                        "enact.policies[0].on=billing.refund",
                        "enact.policies[0].ask=args.amount > 500",
                        "enact.policies[0].reason=Refunds above 500 need a person");
    }

    @EnactAction("billing.refund")
    public String refund(long amount) {
        this.done.add(amount);
        return "refunded " + amount;
    }

    public List<Long> done() {
        return List.copyOf(this.done);
    }

    static Refunds of(ApplicationContext context) {
        return context.getBean(Refunds.class);
    }

    static ApprovalService approvals(ApplicationContext context) {
        return context.getBean(ApprovalService.class);
    }

    /** Asks for a refund that takes an approval; returns the ticket. */
    static UUID ask(ApplicationContext context, long amount) {
        try {
            of(context).refund(amount);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    static ApprovalRequest request(ApplicationContext context, UUID ticket) {
        return approvals(context).find(ticket).orElseThrow();
    }

    /** The next request that people are told of, as soon as there is one. */
    static ApprovalRequest nextRequest(ApplicationContext context) {
        return Patience.awaiting("a request")
                .until(
                        () -> approvals(context).findOpen(null, 1),
                        open -> !open.isEmpty() && open.get(0).version() > 0)
                .get(0);
    }
}
