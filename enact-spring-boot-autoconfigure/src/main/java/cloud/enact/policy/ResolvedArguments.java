package cloud.enact.policy;

import cloud.enact.action.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over the arguments of a call that finds the inputs of policies by their aliases. */
final class ResolvedArguments {

    /** More values than this are not looked at; the inputs are then incomplete. */
    static final int MOST_VALUES = 100_000;

    private static final Map<String, List<InputName>> BY_ALIAS = byAlias();

    private static final Map<String, List<InputName>> BY_ENDING = byEnding();

    /** What a push takes from, not what it updates. */
    private static final Set<String> ORIGINS = Set.of("source", "src", "from", "local");

    private static final int LONGEST_KEY = 64;

    private final @Nullable Found[] found = new Found[InputName.values().length];

    private int visited;

    private ResolvedArguments() {}

    static ResolvedArguments of(Map<String, @Nullable Object> args) {
        ResolvedArguments resolved = new ResolvedArguments();
        resolved.visit(args, null);
        return resolved;
    }

    List<String> texts(InputName name) {
        Found values = this.found[name.ordinal()];
        return (values != null) ? values.texts : List.of();
    }

    List<String> originals(InputName name) {
        Found values = this.found[name.ordinal()];
        return (values != null) ? values.originals : List.of();
    }

    boolean isOversized(InputName name) {
        Found values = this.found[name.ordinal()];
        return values != null && values.oversized;
    }

    boolean isIncomplete() {
        return this.visited > MOST_VALUES;
    }

    /** The depth is bounded by what arguments may nest. */
    private void visit(@Nullable Object value, @Nullable List<InputName> names) {
        if (++this.visited > MOST_VALUES) {
            return;
        }
        if (value instanceof Map<?, ?> map && names != null && Arguments.isUnseen(map)) {
            names.forEach(name -> found(name).oversized = true);
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                visitEntry((String) entry.getKey(), entry.getValue(), names);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                visit(element, names);
            }
        } else if (value != null && names != null) {
            String text = value.toString();
            for (InputName name : names) {
                add(name, text);
            }
        }
    }

    /** Keys that say nothing of their own inherit: in {@code branch: {name: main}} the name is the branch. */
    private void visitEntry(String key, @Nullable Object value, @Nullable List<InputName> around) {
        List<InputName> own = names(key);
        if (own == null && around != null && around.contains(InputName.PATH) && looksLikePath(key)) {
            // in files: {"a/b.txt": "text"} the key is the path, and the value what it holds
            add(InputName.PATH, key);
            visit(value, null);
            return;
        }
        visit(value, (own != null) ? own : around);
    }

    private static boolean looksLikePath(String key) {
        return key.indexOf('/') >= 0 || key.indexOf('\\') >= 0 || key.indexOf('.') >= 0;
    }

    private static @Nullable List<InputName> names(String key) {
        List<InputName> names = BY_ALIAS.get(NormalizedText.compact(key));
        if (names != null || key.length() > LONGEST_KEY) {
            return names;
        }
        List<String> words = ActionWords.split(NormalizedText.of(key));
        if (words.size() < 2) {
            return null;
        }
        names = BY_ENDING.get(words.get(words.size() - 1));
        boolean origin = names != null && names.contains(InputName.PUSH_TARGET) && ORIGINS.contains(words.get(0));
        return origin ? null : names;
    }

    private void add(InputName name, String text) {
        Found values = found(name);
        if (text.length() > name.longest()) {
            values.oversized = true;
            return;
        }
        values.originals.add(text);
        values.texts.add(name.isName() ? NormalizedText.of(text) : text);
    }

    private Found found(InputName name) {
        Found values = this.found[name.ordinal()];
        if (values == null) {
            values = new Found();
            this.found[name.ordinal()] = values;
        }
        return values;
    }

    private static Map<String, List<InputName>> byAlias() {
        Map<String, List<InputName>> byAlias = new HashMap<>();
        for (InputName name : InputName.values()) {
            for (String alias : name.aliases()) {
                byAlias.computeIfAbsent(alias, key -> new ArrayList<>(1)).add(name);
            }
        }
        byAlias.replaceAll((alias, names) -> List.copyOf(names));
        return Map.copyOf(byAlias);
    }

    private static Map<String, List<InputName>> byEnding() {
        Map<String, List<InputName>> byEnding = new HashMap<>();
        for (InputName name : InputName.values()) {
            for (String ending : name.endings()) {
                byEnding.computeIfAbsent(ending, key -> new ArrayList<>(1)).add(name);
            }
        }
        byEnding.replaceAll((ending, names) -> List.copyOf(names));
        return Map.copyOf(byEnding);
    }

    /** The values of one input. */
    private static final class Found {

        private final List<String> texts = new ArrayList<>(2);

        private final List<String> originals = new ArrayList<>(2);

        private boolean oversized;
    }
}
