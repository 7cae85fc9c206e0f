package cloud.enact.policy.cel;

import cloud.enact.action.ShortText;
import dev.cel.common.CelIssue;
import java.util.List;

/**
 * What is wrong with an expression, in the words of somebody who wrote it.
 *
 * @param description what is wrong, and where
 * @param remedy what to do about it
 */
public record CompileProblem(String description, String remedy) {

    private static final String VARIABLES =
            "Variables are action, args, actor, resource, run, effect and now; fields are read as in args.amount.";

    private static final int LONGEST = 300;

    static CompileProblem of(List<CelIssue> issues) {
        return of(issues, VARIABLES);
    }

    /**
     * Puts the first problem into words.
     *
     * @param issues what the compiler found
     * @param variables which variables there are, in a sentence
     */
    public static CompileProblem of(List<CelIssue> issues, String variables) {
        if (issues.isEmpty()) {
            return new CompileProblem("the expression can't be compiled", "Write a CEL expression.");
        }
        CelIssue issue = issues.get(0);
        String message = issue.getMessage();
        String place = (issue.getSourceLocation().getLine() > 0)
                ? " (line " + issue.getSourceLocation().getLine() + ", column "
                        + (issue.getSourceLocation().getColumn() + 1) + ")"
                : "";
        if (message.startsWith("undeclared reference to ")) {
            String what = between(message, "undeclared reference to ", " (in container");
            return new CompileProblem("the expression uses " + what + ", which does not exist" + place, variables);
        }
        if (message.startsWith("expected type 'bool' but found ")) {
            String type = message.substring("expected type 'bool' but found ".length());
            return new CompileProblem(
                    "the expression gives a value of type " + type + ", but must be true or false" + place,
                    "Compare the value with something, as in args.amount > 500.");
        }
        if (message.startsWith("found no matching overload for ")) {
            String what = between(message, "found no matching overload for ", " (candidates");
            return new CompileProblem(
                    "the expression uses " + operator(what) + ", which does not go together" + place,
                    "Use values of types that go together, or convert them, as in int(args.amount).");
        }
        if (message.startsWith("expression code point size exceeds")
                || message.startsWith("Expression recursion limit")) {
            return new CompileProblem(
                    "the expression is too long or nested too deeply" + place, "Split it into several policies.");
        }
        return new CompileProblem(
                "the expression is not valid CEL: " + shortened(message) + place,
                "Correct it. Texts stand in quotes, equality is ==, and is &&, or is ||.");
    }

    /** CEL calls the operator &gt; {@code _>_}. */
    private static String operator(String text) {
        return text.replace("'_", "'").replace("_'", "'").replace("applied to", "on");
    }

    private static String between(String text, String start, String end) {
        int to = text.indexOf(end, start.length());
        return shortened(text.substring(start.length(), (to < 0) ? text.length() : to));
    }

    private static String shortened(String text) {
        int list = text.indexOf(" expecting {");
        String plain = (list > 0) ? text.substring(0, list) : text;
        return ShortText.of(plain, LONGEST);
    }
}
