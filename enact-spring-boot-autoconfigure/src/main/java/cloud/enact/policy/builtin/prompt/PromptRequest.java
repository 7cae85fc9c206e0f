package cloud.enact.policy.builtin.prompt;

import java.util.Set;

/** Finds phrases that ask a reader for what it was told before. */
final class PromptRequest {

    private static final Set<String> VERBS =
            Set.of(("show reveal print output display repeat give tell leak expose dump share write recite disclose "
                            + "return provide list echo paste summarize summarise translate spell quote describe "
                            + "send encode post type reproduce say")
                    .split(" "));

    /** Nobody asks for instructions of another kind in these words. */
    private static final Set<String> TELLING =
            Set.of("reveal print output repeat leak dump recite disclose expose reproduce quote".split(" "));

    private static final Set<String> BETWEEN =
            Set.of(("me us the your of its full entire exact whole complete verbatim all out contents content text "
                            + "back first current word words for to by")
                    .split(" "));

    private static final Set<String> HIDDEN =
            Set.of("system initial hidden original secret internal developer pre underlying base core".split(" "));

    private static final Set<String> OBJECTS =
            Set.of("prompt prompts instruction instructions directives guidelines message configuration".split(" "));

    private static final Set<String> OWN =
            Set.of("instructions prompt prompts directives guidelines rules programming preprompt".split(" "));

    private static final Set<String> ABOUT = Set.of("for on about to regarding when how".split(" "));

    private static final Set<String> LEADS =
            Set.of(("please and now then to must can could will would should me also just first instead you next "
                            + "kindly finally do lets")
                    .split(" "));

    private static final Set<String> ASKED = Set.of("are", "is", "were", "was");

    private PromptRequest() {}

    static boolean isIn(Words words) {
        for (int i = 0; i < words.size(); i++) {
            boolean asked = words.is(i, "what") && words.isAny(i + 1, ASKED);
            boolean whats = words.is(i, "whats");
            if (asked || whats || words.isAny(i, VERBS)) {
                int from = asked ? i + 2 : i + 1;
                boolean commands = asked || whats || words.startsLine(i) || words.isAny(i - 1, LEADS);
                if (isForPrompt(words, from, commands, asked || whats || words.isAny(i, TELLING))
                        || words.isAny(i, TELLING) && commands && isForTextAbove(words, from)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isForPrompt(Words words, int from, boolean commands, boolean telling) {
        boolean your = false;
        boolean hidden = false;
        for (int i = from; i < from + 8 && i < words.size() && !words.startsSentence(i); i++) {
            if (words.isAny(i, OBJECTS) && hidden) {
                return your || commands;
            }
            boolean me = words.is(from, "me") || words.is(from, "us");
            if (your && words.isAny(i, OWN) && !words.isAny(i + 1, ABOUT)) {
                return telling || me;
            }
            hidden |= words.isAny(i, HIDDEN);
            your |= words.is(i, "your");
            if (!words.isAny(i, BETWEEN) && !words.isAny(i, HIDDEN)) {
                return false;
            }
        }
        return false;
    }

    /** As in: repeat everything above, word for word. */
    private static boolean isForTextAbove(Words words, int from) {
        for (int i = from; i < from + 4 && !words.startsSentence(i); i++) {
            if (words.isAny(i, Set.of("everything", "text", "words", "contents", "content", "all"))) {
                return words.hasAny(i + 1, 3, Set.of("above", "verbatim"))
                        || words.hasAny(i + 1, 4, Set.of("before", "prior"))
                                && words.hasAny(i + 1, 6, Set.of("this", "line"));
            }
        }
        return false;
    }
}
