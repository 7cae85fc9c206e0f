package cloud.enact.observation;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalListener;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.policy.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meter of approvals:
 *
 * <ul>
 *   <li>{@code enact.approvals}, tags {@code policy} and {@code answer} ({@code approved}, {@code denied}, {@code
 *       expired}, {@code void}): what came of requests. A policy whose requests are always approved tires people
 * </ul>
 */
public final class ApprovalMeters implements ApprovalListener, MeterBinder {

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    @Override
    public void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
    }

    @Override
    public void requested(ApprovalRequest request) {
        // it is counted when something has come of it
    }

    @Override
    public void answered(ApprovalRequest request, ApprovalAnswer answer) {
        count(request, answer.approved() ? "approved" : "denied");
    }

    @Override
    public void ended(ApprovalRequest request, ApprovalState end) {
        count(request, end.name().toLowerCase(Locale.ROOT));
    }

    private void count(ApprovalRequest request, String answer) {
        List<String> policies =
                request.asked().asks().stream().map(Verdict::policy).distinct().toList();
        for (MeterRegistry registry : this.registries) {
            for (String policy : policies) {
                Counter.builder("enact.approvals")
                        .tag("policy", policy)
                        .tag("answer", answer)
                        .description("Answers to requests for approval, and requests that ended without")
                        .register(registry)
                        .increment();
            }
        }
    }
}
