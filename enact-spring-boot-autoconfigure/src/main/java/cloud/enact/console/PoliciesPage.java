package cloud.enact.console;

import cloud.enact.policy.EffectivePolicy;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import cloud.enact.replay.ReplayReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The effective policies, how often each of them objected, and what a draft would have said. Thread-safe. */
final class PoliciesPage {

    /** Decisions that are counted: a bounded look, however many there are. */
    private static final int WINDOW = 500;

    private static final int MOST_REPLAYED = 2000;

    private static final Duration REPLAYED = Duration.ofDays(30);

    private static final int LONGEST_DRAFT = 100_000;

    private static final int MOST_CHANGES = 50;

    private static final String OWN = "enact.";

    private final ConsoleSources sources;

    private final PolicySet policies;

    private final Frame frame;

    private final Clock clock;

    private final ReceiptRows rows;

    private final ApprovalShares shares;

    private final Shown shown = new Shown();

    PoliciesPage(ConsoleSources sources, PolicySet policies, Frame frame, Clock clock) {
        this.sources = sources;
        this.policies = policies;
        this.frame = frame;
        this.clock = clock;
        this.rows = new ReceiptRows(sources);
        this.shares = new ApprovalShares(sources);
    }

    /** How often a policy was asked and objected. */
    private static final class Hits {

        private long judged;

        private long asked;

        private long blocked;

        private long observed;

        private boolean fired() {
            return this.asked + this.blocked + this.observed > 0;
        }
    }

    Reply answer(PageRequest request) {
        request.requireOnly(Set.of());
        return page(request, null, null);
    }

    /** Asks a draft about recorded calls. */
    Reply replay(PageRequest request) {
        ProposedPolicies proposed = this.sources.proposed();
        PolicyReplay replay = this.sources.replay();
        String draft = request.field("draft", LONGEST_DRAFT);
        if (proposed == null || replay == null || draft == null) {
            throw ConsoleException.malformed("There is no draft. Write policies as a policy file has them.");
        }
        Instant now = this.clock.instant();
        try {
            ReplayReport report =
                    replay.replay(proposed.ofText(draft), now.minus(REPLAYED), now.plusSeconds(1), MOST_REPLAYED);
            return page(request, draft, report(report));
        } catch (PolicyConfigurationException ex) {
            Map<String, @Nullable Object> problem = new LinkedHashMap<>();
            problem.put("problem", ex.getDescription() + ". " + ex.getAction());
            problem.put("summary", null);
            problem.put("changes", List.of());
            return page(request, draft, problem);
        }
    }

    private Reply page(PageRequest request, @Nullable String draft, @Nullable Map<String, @Nullable Object> report) {
        Map<String, @Nullable Object> model = this.frame.model(request, "Policies");
        List<Receipt> decided = this.sources
                .store()
                .query(ReceiptFilter.ofKind(ReceiptKind.DECIDED), null, WINDOW)
                .receipts();
        Map<String, Hits> hits = count(decided);
        Map<String, ApprovalShares.Share> shares = this.shares.byPolicy();
        List<EffectivePolicy> effective = this.policies.policies();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (EffectivePolicy policy : effective) {
            Hits own = hits.remove(policy.name());
            // what Enact calls to see whether its gate is closed is nobody's policy
            if (!policy.name().startsWith(OWN)) {
                String mode = (policy.mode() != null) ? policy.mode().name().toLowerCase(Locale.ROOT) : "";
                rows.add(row(request.base(), policy.name(), policy.patterns(), mode, own, shares.get(policy.name())));
            }
        }
        List<Map<String, @Nullable Object>> former = new ArrayList<>();
        hits.forEach((name, own) -> former.add(row(request.base(), name, List.of(), "", own, shares.get(name))));
        Shown.list(model, "policies", rows);
        Shown.list(model, "former", former);
        model.put(
                "never",
                rows.stream()
                        .filter(row -> Boolean.TRUE.equals(row.get("never")))
                        .count());
        model.put("counted", decided.size());
        model.put("policySet", this.policies.policySet());
        model.put("problem", this.policies.problem());
        model.put("canReplay", this.sources.replay() != null && this.sources.proposed() != null);
        model.put("draft", draft);
        model.put("report", report);
        return this.frame.render(200, "policies", model);
    }

    private Map<String, Hits> count(List<Receipt> decided) {
        Map<String, Hits> hits = new LinkedHashMap<>();
        for (Receipt receipt : decided) {
            Map<String, @Nullable Object> fields = this.rows.fields(receipt);
            boolean observed = "observe".equals(fields.get("mode"));
            for (Object element : ReceiptRows.list(fields.get("policy_results"))) {
                if (element instanceof Map<?, ?> verdict && verdict.get("policy") instanceof String name) {
                    Hits own = hits.computeIfAbsent(name, key -> new Hits());
                    own.judged++;
                    boolean stops = "BLOCK".equals(verdict.get("effect")) || "ASK".equals(verdict.get("effect"));
                    Object mode = verdict.get("mode");
                    if (stops && (mode != null ? "observe".equals(mode) : observed)) {
                        own.observed++;
                    } else if ("BLOCK".equals(verdict.get("effect"))) {
                        own.blocked++;
                    } else if ("ASK".equals(verdict.get("effect"))) {
                        own.asked++;
                    }
                }
            }
        }
        return hits;
    }

    private Map<String, @Nullable Object> row(
            String base,
            String name,
            List<String> patterns,
            String mode,
            @Nullable Hits hits,
            ApprovalShares.@Nullable Share share) {
        Hits own = (hits != null) ? hits : new Hits();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("patterns", patterns.isEmpty() ? null : String.join(", ", patterns));
        row.put("mode", mode);
        row.put("judged", own.judged);
        row.put("asked", own.asked);
        row.put("blocked", own.blocked);
        row.put("observed", own.observed);
        row.put("approved", (share != null) ? share.text() : "");
        row.put("always", share != null && share.isAlwaysApproved());
        row.put("never", !own.fired());
        row.put("failures", this.policies.failures().get(name));
        row.put("href", base + "/receipts?policy=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        return row;
    }

    private Map<String, @Nullable Object> report(ReplayReport report) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("problem", null);
        model.put(
                "summary",
                report.calls() + " calls: " + report.newBlocks() + " would be blocked that were not, "
                        + report.newAsks() + " put to a person, " + report.newPasses() + " would pass");
        List<Map<String, @Nullable Object>> changes = new ArrayList<>();
        report.changes().stream().limit(MOST_CHANGES).forEach(change -> {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("json", this.shown.json(change.asMap()));
            changes.add(line);
        });
        model.put("changes", changes);
        return model;
    }
}
