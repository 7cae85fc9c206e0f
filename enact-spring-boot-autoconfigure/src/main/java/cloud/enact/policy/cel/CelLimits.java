package cloud.enact.policy.cel;

import dev.cel.common.CelOptions;

/** What bounds every expression: its size and depth, how often it repeats something, and its regular expressions. */
public final class CelLimits {

    private static final int LONGEST_EXPRESSION = 10_000;

    private static final int DEEPEST_EXPRESSION = 100;

    private static final int MOST_ITERATIONS = 10_000;

    private static final int LARGEST_REGEX_PROGRAM = 5_000;

    private CelLimits() {}

    /** Options with these bounds; numbers of different types can be compared. */
    public static CelOptions options() {
        return CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(LONGEST_EXPRESSION)
                .maxParseRecursionDepth(DEEPEST_EXPRESSION)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .maxRegexProgramSize(LARGEST_REGEX_PROGRAM)
                .build();
    }
}
