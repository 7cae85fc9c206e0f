package cloud.enact.policy.builtin.access;

import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps personal data from being written by people who only work here for a while. */
final class ContractorCannotWritePii extends ArgumentPolicy {

    static final String NAME = "access.contractor-cannot-write-pii";

    static final String HARM = "Personal data is changed by somebody without a lasting duty to protect it.";

    private static final List<String> DEFAULT_FIELDS = List.of(
            "ssn",
            "social_security_number",
            "tax_id",
            "national_id",
            "passport",
            "passport_number",
            "drivers_license",
            "driver_license",
            "date_of_birth",
            "dob",
            "birth_date",
            "birthday",
            "email",
            "email_address",
            "phone",
            "phone_number",
            "mobile",
            "address",
            "home_address",
            "street_address",
            "full_name",
            "first_name",
            "last_name",
            "credit_card",
            "credit_card_number",
            "card_number",
            "iban",
            "bank_account",
            "account_number",
            "salary",
            "medical_record",
            "diagnosis");

    /** Arguments whose values are names of fields. */
    private static final Set<String> NAMING =
            Set.of("field fields column columns attribute attributes property properties key".split(" "));

    private static final int LONGEST_JSON = 256 * 1024;

    private final String role;

    private final List<FieldName> fields;

    ContractorCannotWritePii(PolicyParameters with) {
        super(NAME, "No personal data is written by this role.");
        this.role = Roles.plain(with.string("role", "contractor"));
        this.fields = with.strings("fields", DEFAULT_FIELDS).stream()
                .map(FieldName::of)
                .toList();
        if (this.fields.isEmpty()
                || this.fields.stream().anyMatch(field -> field.words().isEmpty())) {
            throw with.wrong("fields", "names no field", "Write fields as ssn or date_of_birth.");
        }
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return hasRole(inputs) && (!inputs.words().isRead() || !inputs.sql().isEmpty());
    }

    private boolean hasRole(PolicyInputs inputs) {
        return inputs.request().actor().roles().stream().anyMatch(this.role::equalsIgnoreCase);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (!hasRole(inputs)) {
            return pass();
        }
        String field = inputs.words().isRead() ? null : inArguments(inputs);
        if (field == null) {
            field = inStatement(inputs);
        }
        return (field != null)
                ? block("The role '" + this.role + "' must not write the personal data in the field " + quoted(field)
                        + ". Leave the field out, or ask an employee.")
                : pass();
    }

    private @Nullable String inArguments(PolicyInputs inputs) {
        List<String> found = new ArrayList<>(1);
        ArgumentTree.visitNames(inputs.request().args(), name -> add(found, found.isEmpty() ? listed(name) : null));
        ArgumentTree.visit(inputs, (name, value) -> {
            if (found.isEmpty() && value instanceof String text) {
                add(found, NAMING.contains(name) ? listed(text) : inJson(text));
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static void add(List<String> found, @Nullable String field) {
        if (field != null) {
            found.add(field);
        }
    }

    private @Nullable String listed(String name) {
        FieldName read = FieldName.of(name);
        for (FieldName field : this.fields) {
            if (read.endsWith(field)) {
                return name;
            }
        }
        return null;
    }

    /** Data often comes as a text of JSON. */
    private @Nullable String inJson(String text) {
        if (text.length() > LONGEST_JSON || text.indexOf('"') < 0 || text.indexOf(':') < 0) {
            return null;
        }
        int start = text.indexOf('"');
        while (start >= 0) {
            int end = text.indexOf('"', start + 1);
            if (end < 0) {
                return null;
            }
            int next = end + 1;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            boolean name = next < text.length() && text.charAt(next) == ':';
            String found = name ? listed(text.substring(start + 1, end)) : null;
            if (found != null) {
                return found;
            }
            start = text.indexOf('"', end + 1);
        }
        return null;
    }

    private @Nullable String inStatement(PolicyInputs inputs) {
        if (!inputs.has(InputName.SQL) && !inputs.has(InputName.COMMAND)) {
            return null;
        }
        SqlFacts sql = inputs.sql();
        boolean changes = !sql.understood()
                || sql.statements().stream()
                        .anyMatch(statement -> !statement.changes().isEmpty());
        if (!changes) {
            return null;
        }
        return sql.names().stream()
                .map(name -> listed(NormalizedText.of(name.name())))
                .filter(name -> name != null)
                .findFirst()
                .orElse(null);
    }
}
