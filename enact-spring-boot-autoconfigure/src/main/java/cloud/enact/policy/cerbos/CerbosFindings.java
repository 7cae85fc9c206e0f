package cloud.enact.policy.cerbos;

import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicyFinding.Severity;
import cloud.enact.policy.cerbos.document.Located;
import cloud.enact.policy.cerbos.document.PolicyDocument;
import cloud.enact.policy.cerbos.document.PolicyKind;
import cloud.enact.policy.cerbos.document.RuleSource;
import java.util.ArrayList;
import java.util.List;

/** Finds what is valid in Cerbos-format files, but does not protect as it seems to. */
final class CerbosFindings {

    private final CerbosSettings settings;

    CerbosFindings(CerbosSettings settings) {
        this.settings = settings;
    }

    List<PolicyFinding> in(List<PolicyDocument> documents) {
        List<PolicyFinding> findings = new ArrayList<>();
        for (PolicyDocument document : documents) {
            if (document.kind() == PolicyKind.RESOURCE) {
                document.rules().forEach(rule -> inRule(rule, findings));
            }
            if (document.hasSchemas()) {
                findings.add(finding(
                        "cerbos-schema-ignored",
                        Severity.WARNING,
                        "Enact does not check requests against JSON schemas. Check in the rules what must hold.",
                        document.name()));
            }
            if (!isAsked(document)) {
                findings.add(finding(
                        "cerbos-policy-never-asked",
                        Severity.WARNING,
                        "The policy is for version '" + document.version() + "' and scope '" + document.scope()
                                + "', but Enact asks for version '" + this.settings.policyVersion() + "' and scope '"
                                + this.settings.scope()
                                + "'. Set enact.cerbos.policy-version and enact.cerbos.scope, or remove it.",
                        document.name()));
            }
        }
        return findings;
    }

    private void inRule(RuleSource rule, List<PolicyFinding> findings) {
        if (rule.allows()) {
            return;
        }
        boolean forAll = rule.roles().stream().map(Glob::new).anyMatch(Glob::isEverything);
        if (!forAll && this.settings.roleCombining() == CerbosSettings.RoleCombining.CERBOS) {
            findings.add(finding(
                    "cerbos-deny-for-some-roles",
                    Severity.WARNING,
                    "The rule denies for some roles only: somebody who also has another role that is allowed is not"
                            + " stopped. Write roles: [\"*\"], or set enact.cerbos.role-combining to deny-overrides.",
                    rule.name()));
        }
        if (rule.condition() != null && !this.settings.strict()) {
            findings.add(finding(
                    "cerbos-deny-without-strict",
                    Severity.WARNING,
                    "When the condition of this rule can't be evaluated, as with a missing attribute, the rule does not"
                            + " deny. Set enact.cerbos.strict to true.",
                    rule.name()));
        }
    }

    private boolean isAsked(PolicyDocument document) {
        return switch (document.kind()) {
            case DERIVED_ROLES, EXPORT_CONSTANTS, EXPORT_VARIABLES -> true;
            default ->
                document.version().equals(this.settings.policyVersion())
                        && (document.scope().isEmpty()
                                || this.settings.scope().equals(document.scope())
                                || this.settings.scope().startsWith(document.scope() + "."));
        };
    }

    private static PolicyFinding finding(String rule, Severity severity, String message, Located where) {
        return new PolicyFinding(rule, severity, message, where.file(), where.line());
    }
}
