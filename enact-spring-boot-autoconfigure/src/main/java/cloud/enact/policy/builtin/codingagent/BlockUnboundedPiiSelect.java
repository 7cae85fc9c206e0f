package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlCondition;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks queries that list personal data of everybody. */
final class BlockUnboundedPiiSelect extends CommandPolicy {

    static final String NAME = "coding-agent.block-unbounded-pii-select";

    static final String HARM = "Addresses and numbers of all customers leave the database in one go.";

    private static final String INSTEAD = " Name the rows in a condition, add a LIMIT, or count them.";

    private static final Set<String> PERSONAL = Set.of(
            ("email mail ssn phone mobile telephone password passwd pwd secret token apikey credit card cc pan iban "
                            + "address street birthday birthdate dob birth tax passport salary national medical "
                            + "diagnosis license ip surname")
                    .split(" "));

    private static final Set<String> PEOPLE = Set.of(
            ("user users customer customers client clients patient patients employee employees member members person "
                            + "persons people account accounts contact contacts subscriber subscribers profile "
                            + "profiles student students guest guests lead leads credential credentials")
                    .split(" "));

    BlockUnboundedPiiSelect() {
        super(NAME, "No query lists personal data of everybody.", "select copy table");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.has(InputName.SQL);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        return null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (SqlStatement statement : inputs.sql().statements()) {
            boolean copied =
                    statement.verb().equals("COPY") && statement.changes().isEmpty();
            boolean unbounded = copied || statement.condition() != SqlCondition.PRESENT && !statement.limited();
            if (unbounded && isPersonal(statement)) {
                return block("The query lists personal data of everybody in "
                        + quoted(
                                statement.sources().isEmpty()
                                        ? "a table"
                                        : statement.sources().get(0).toString())
                        + "." + INSTEAD);
            }
        }
        return null;
    }

    private static boolean isPersonal(SqlStatement statement) {
        if (statement.columns().stream().anyMatch(column -> hasWord(column, PERSONAL))) {
            return true;
        }
        boolean all = statement.columns().isEmpty()
                ? statement.verb().startsWith("COPY") || statement.verb().startsWith("TABLE")
                : statement.columns().stream().anyMatch(column -> column.endsWith("*"));
        return all && statement.sources().stream().anyMatch(source -> hasWord(source.name(), PEOPLE));
    }

    /** Whether one of the words of a name is in the list: {@code billing_email}, {@code creditCard}. */
    private static boolean hasWord(String name, Set<String> words) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= name.length(); i++) {
            char c = (i < name.length()) ? name.charAt(i) : ' ';
            boolean starts = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1));
            if (!Character.isLetter(c) || starts) {
                if (words.contains(word.toString().toLowerCase(Locale.ROOT))) {
                    return true;
                }
                word.setLength(0);
            }
            if (Character.isLetter(c)) {
                word.append(c);
            }
        }
        List<String> dense = List.of("apikey", "creditcard", "zipcode", "phonenumber", "emailaddress", "birthdate");
        return words.contains("email") && dense.contains(name.toLowerCase(Locale.ROOT));
    }
}
