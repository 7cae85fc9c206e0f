package cloud.enact.policy.cerbos;

/** Answers requests from a table of rules. Immutable and thread-safe. */
final class CerbosEngine {

    private final RuleTable table;

    private final EngineOptions options;

    CerbosEngine(RuleTable table, EngineOptions options) {
        this.table = table;
        this.options = options;
    }

    CheckResult check(CheckRequest request) {
        return new RequestCheck(this.table, this.options, request).run();
    }
}
