package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of variables, and what {@code ${…}} does to them. */
final class Parameters {

    /** What variables are that nobody sets, and that everybody relies on. */
    private static final Map<String, List<String>> DEFAULTS =
            Map.of("IFS", List.of(" \t\n"), "SHELL", List.of("bash"), "BASH", List.of("bash"));

    private final Expansion expansion;

    private final Unknowns unknowns;

    Parameters(Expansion expansion, Unknowns unknowns) {
        this.expansion = expansion;
        this.unknowns = unknowns;
    }

    /** The values a part comes to: one, or as many as an array has elements. */
    List<String> values(Variable variable, Frame frame) {
        String subscript = variable.subscript().isEmpty() ? "" : this.expansion.text(variable.subscript(), frame);
        List<String> known = lookUp(variable.name(), subscript, frame);
        String operator = variable.operator();
        if (operator.isEmpty()) {
            return (known != null) ? known : List.of(unknown(variable, frame));
        }
        if (operator.startsWith("indirect")) {
            List<String> target = (known != null && known.size() == 1 && operator.equals("indirect"))
                    ? lookUp(known.get(0), "", frame)
                    : null;
            this.expansion.text(variable.argument(), frame);
            return (target != null) ? target : List.of(this.unknowns.computed(variable.raw()));
        }
        if (isDefault(operator)) {
            return List.of(withDefault(variable, operator, known, frame));
        }
        String argument = this.expansion.text(variable.argument(), frame);
        String value = (known != null) ? String.join(" ", known) : null;
        if (value == null || Unknowns.in(value) || Unknowns.in(argument)) {
            return List.of(unknown(variable, frame));
        }
        if (operator.equals("@") && argument.equals("P")) {
            this.expansion.prompt(value, frame);
        }
        String changed = changed(value, operator, argument);
        return List.of((changed != null) ? changed : this.unknowns.computed(variable.raw()));
    }

    private String unknown(Variable variable, Frame frame) {
        boolean assigned = frame.variables().get(variable.name()) != null
                || frame.variables().arguments() != null && isPosition(variable.name());
        return assigned ? this.unknowns.computed(variable.raw()) : this.unknowns.fromOutside(variable.raw());
    }

    private @Nullable List<String> lookUp(String name, String subscript, Frame frame) {
        if (isPosition(name)) {
            return positional(name, frame.variables().arguments());
        }
        List<String> elements = frame.variables().get(name);
        if (elements == null) {
            return DEFAULTS.get(name);
        }
        if (subscript.equals("@") || subscript.equals("*")) {
            return elements;
        }
        int index = subscript.isEmpty() ? 0 : number(subscript);
        if (index >= 0 && index < elements.size()) {
            return List.of(elements.get(index));
        }
        return (index >= 0 || subscript.isEmpty()) ? List.of() : null;
    }

    private static boolean isPosition(String name) {
        return name.equals("@") || name.equals("*") || Source.isDigit(name.charAt(0));
    }

    private static @Nullable List<String> positional(String name, @Nullable List<String> arguments) {
        if (arguments == null) {
            return null;
        }
        if (Source.isDigit(name.charAt(0))) {
            int index = number(name);
            return (index >= 0 && index < arguments.size()) ? List.of(arguments.get(index)) : List.of();
        }
        return arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    }

    private static boolean isDefault(String operator) {
        return switch (operator) {
            case ":-", "-", ":=", "=", ":+", "+", ":?", "?" -> true;
            default -> false;
        };
    }

    private String withDefault(Variable variable, String operator, @Nullable List<String> known, Frame frame) {
        // the word is walked in any case: a command in it may run
        String word = this.expansion.text(variable.argument(), frame);
        if (known == null) {
            return this.unknowns.fromOutside(variable.raw());
        }
        String value = String.join(" ", known);
        char kind = operator.charAt(operator.length() - 1);
        boolean present = !value.isEmpty() || operator.length() == 1;
        if (Unknowns.in(value) && operator.length() == 2) {
            return this.unknowns.computed(variable.raw());
        }
        if (kind == '+') {
            return present ? word : "";
        }
        if (!present && kind == '=') {
            frame.variables().set(variable.name(), word);
        }
        return present ? value : word;
    }

    private static @Nullable String changed(String value, String operator, String argument) {
        switch (operator) {
            case "length" -> {
                return Integer.toString(value.length());
            }
            case "^^" -> {
                return argument.isEmpty() ? value.toUpperCase(Locale.ROOT) : null;
            }
            case ",," -> {
                return argument.isEmpty() ? value.toLowerCase(Locale.ROOT) : null;
            }
            case ":" -> {
                return slice(value, argument);
            }
            case "/", "//" -> {
                return replaced(value, operator, argument);
            }
            case "#", "##" -> {
                return isPattern(argument)
                        ? null
                        : value.startsWith(argument) ? value.substring(argument.length()) : value;
            }
            case "%", "%%" -> {
                return isPattern(argument)
                        ? null
                        : value.endsWith(argument) ? value.substring(0, value.length() - argument.length()) : value;
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable String replaced(String value, String operator, String argument) {
        int slash = argument.indexOf('/');
        String pattern = (slash < 0) ? argument : argument.substring(0, slash);
        String with = (slash < 0) ? "" : argument.substring(slash + 1);
        if (pattern.isEmpty() || isPattern(pattern) || with.indexOf('&') >= 0) {
            return null;
        }
        if (operator.equals("//")) {
            return value.replace(pattern, with);
        }
        int at = value.indexOf(pattern);
        return (at < 0) ? value : value.substring(0, at) + with + value.substring(at + pattern.length());
    }

    private static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[(\\#%".indexOf(c) >= 0);
    }

    private static @Nullable String slice(String value, String argument) {
        int colon = argument.indexOf(':');
        int offset = number(((colon < 0) ? argument : argument.substring(0, colon)).trim());
        int length = (colon < 0)
                ? value.length()
                : number(argument.substring(colon + 1).trim());
        if (offset < 0 || length < 0) {
            return null;
        }
        int start = Math.min(offset, value.length());
        return value.substring(start, (int) Math.min((long) start + length, value.length()));
    }

    /** A small number, or -1. */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }

    /** Forgets the variables that an arithmetic expression may change. */
    void forgetAssigned(String expression, Frame frame) {
        if (expression.indexOf('=') < 0 && !expression.contains("++") && !expression.contains("--")) {
            return;
        }
        int at = 0;
        while (at < expression.length()) {
            int start = at;
            while (at < expression.length() && Source.isName(expression.charAt(at))) {
                at++;
            }
            if (at > start && frame.variables().get(expression.substring(start, at)) != null) {
                String name = expression.substring(start, at);
                frame.variables().set(name, this.unknowns.computed("$" + name));
            }
            at = Math.max(at, start + 1);
        }
    }
}
