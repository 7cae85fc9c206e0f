package cloud.enact.analysis.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Comparisons of which one must hold: together they may leave out no row. */
final class Alternatives {

    private static final Map<String, String> OPPOSITES =
            Map.of("=", "<>", "<>", "=", "<", ">=", ">=", "<", ">", "<=", "<=", ">");

    private final Map<String, Set<String>> operators = new HashMap<>();

    private final Map<String, Double> lowest = new HashMap<>();

    private final Map<String, Double> highest = new HashMap<>();

    private final Map<String, String> unequal = new HashMap<>();

    private final Map<String, String> truths = new HashMap<>();

    /** Conditions that are no comparison, and those behind NOT. */
    private final Set<String> plain = new HashSet<>();

    private boolean everything;

    /** Adds a condition that is no comparison. */
    void add(String key, boolean negated) {
        this.plain.add((negated ? "not " : "is ") + key);
        this.everything |= this.plain.contains((negated ? "is " : "not ") + key);
    }

    void add(Comparison comparison) {
        String left = comparison.leftKey();
        String right = comparison.rightKey();
        String operator = comparison.operator();
        boolean truth = right.equals("true ") || right.equals("false ");
        if (truth && (operator.equals("=") || operator.equals("is"))) {
            String other = this.truths.putIfAbsent(left, right);
            this.everything |= other != null && !other.equals(right) && operator.equals("=");
        }
        Set<String> others = this.operators.computeIfAbsent(left + "\u0000" + right, key -> new HashSet<>());
        String opposite = OPPOSITES.getOrDefault(
                operator, operator.startsWith("not ") ? operator.substring(4) : "not " + operator);
        this.everything |= others.contains(opposite)
                || operator.equals("<=") && others.contains(">=")
                || operator.equals(">=") && others.contains("<=");
        others.add(operator);
        if (operator.equals("<>")) {
            String other = this.unequal.putIfAbsent(left, right);
            this.everything |= other != null && !other.equals(right);
        }
        Double number = comparison.number();
        if (number != null) {
            if (operator.startsWith(">")) {
                this.lowest.merge(left, number, Math::min);
            } else if (operator.startsWith("<") && !operator.equals("<>")) {
                this.highest.merge(left, number, Math::max);
            }
            Double low = this.lowest.get(left);
            Double high = this.highest.get(left);
            this.everything |= low != null && high != null && low < high;
        }
    }

    boolean coverEverything() {
        return this.everything;
    }
}
