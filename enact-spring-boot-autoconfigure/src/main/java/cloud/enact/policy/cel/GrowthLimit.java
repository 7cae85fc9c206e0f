package cloud.enact.policy.cel;

import dev.cel.bundle.CelBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelErrorCode;
import dev.cel.common.values.CelByteString;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The functions of CEL that make long texts and lists of short ones, within an allowance for each evaluation. A few
 * words in an expression, such as {@code .map(x, x + x)}, double what they find, and without a limit the application's
 * memory is full before any time limit is over. Thread-safe.
 */
public final class GrowthLimit {

    /** Characters that one evaluation may make; a place in a list counts as {@value #PLACE}. */
    private static final long MOST = 32L * 1024 * 1024;

    private static final int PLACE = 8;

    private static final Set<AddOverload> GROWING =
            EnumSet.of(AddOverload.ADD_STRING, AddOverload.ADD_BYTES, AddOverload.ADD_LIST);

    private final ThreadLocal<long[]> made = ThreadLocal.withInitial(() -> new long[1]);

    /** Puts the standard functions and the string extensions in place. */
    public void addTo(CelBuilder cel) {
        cel.setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .filterFunctions((function, overload) -> !GROWING.contains(overload))
                        .build())
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(
                        CelExtensions.strings(EnumSet.complementOf(EnumSet.of(Function.REPLACE, Function.JOIN))))
                .addFunctionBindings(
                        CelFunctionBinding.from("add_string", String.class, String.class, this::concat),
                        CelFunctionBinding.from("add_bytes", CelByteString.class, CelByteString.class, this::concat),
                        CelFunctionBinding.from("add_list", List.class, List.class, this::concatLists),
                        CelFunctionBinding.from(
                                "string_replace_string_string",
                                List.of(String.class, String.class, String.class),
                                arguments -> replace(arguments, -1)),
                        CelFunctionBinding.from(
                                "string_replace_string_string_int",
                                List.of(String.class, String.class, String.class, Long.class),
                                arguments -> replace(arguments, (Long) arguments[3])),
                        CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
                        CelFunctionBinding.from("list_join_string", List.class, String.class, this::join));
    }

    /** The function {@code lists.range}, which only the list extensions have. */
    public CelFunctionBinding range() {
        return CelFunctionBinding.from("lists_range", Long.class, end -> {
            spend(Math.min(Math.max(0, end), MOST) * PLACE);
            return LongStream.range(0, end).boxed().toList();
        });
    }

    /** Gives this thread the allowance for another evaluation. */
    public void renew() {
        this.made.get()[0] = 0;
    }

    private void spend(long size) throws CelEvaluationException {
        long[] made = this.made.get();
        made[0] += size;
        if (made[0] > MOST) {
            throw CelEvaluationExceptionBuilder.newBuilder("The expression makes too much of what it reads")
                    .setErrorCode(CelErrorCode.ITERATION_BUDGET_EXCEEDED)
                    .build();
        }
    }

    private Object concat(String first, String second) throws CelEvaluationException {
        spend((long) first.length() + second.length());
        return first.concat(second);
    }

    private Object concat(CelByteString first, CelByteString second) throws CelEvaluationException {
        spend((long) first.size() + second.size());
        return first.concat(second);
    }

    /** A list that a comprehension makes grows in place, so only what is added counts. */
    @SuppressWarnings("unchecked") // what the elements are makes no difference
    private Object concatLists(List<?> first, List<?> second) throws CelEvaluationException {
        spend((long) PLACE * second.size());
        return RuntimeHelpers.concat((List<Object>) first, (List<Object>) second);
    }

    private Object replace(Object[] arguments, long limit) throws CelEvaluationException {
        String text = (String) arguments[0];
        String search = (String) arguments[1];
        String replacement = (String) arguments[2];
        spend(text.length());
        StringBuilder result = new StringBuilder();
        int at = 0;
        int found = text.indexOf(search);
        for (long left = limit; left != 0 && found >= 0; left--) {
            spend(replacement.length());
            result.append(text, at, found).append(replacement);
            at = found + search.length();
            // what is empty is found in front of every character, and behind the last
            int next = (search.isEmpty() && at < text.length()) ? text.offsetByCodePoints(at, 1) : at;
            found = (search.isEmpty() && at == text.length()) ? -1 : text.indexOf(search, next);
        }
        return result.append(text, at, text.length()).toString();
    }

    private Object join(List<?> elements, String separator) throws CelEvaluationException {
        StringBuilder result = new StringBuilder();
        String between = "";
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                throw CelEvaluationExceptionBuilder.newBuilder("Only texts can be joined")
                        .setErrorCode(CelErrorCode.INVALID_ARGUMENT)
                        .build();
            }
            spend((long) between.length() + text.length());
            result.append(between).append(text);
            between = separator;
        }
        return result.toString();
    }
}
