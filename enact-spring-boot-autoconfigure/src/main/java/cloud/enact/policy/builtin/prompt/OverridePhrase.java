package cloud.enact.policy.builtin.prompt;

import java.util.List;
import java.util.Set;

/** Finds phrases that tell a reader to leave what it was told: a verb, its object, and which one is meant. */
final class OverridePhrase {

    private static final int LONGEST = 9;

    private static final int UNKNOWN = 1;

    private static final Set<String> VERBS =
            Set.of(("ignore disregard forget override overrule overwrite bypass neglect discard dismiss abandon "
                            + "violate circumvent evade unlearn delete erase break skip reset drop cancel suspend "
                            + "ignoriere ignorier ignorieren vergiss vergesse missachte verwirf "
                            + "ignora olvida descarta omite ignorez oublie oubliez neglige negligez dimentica "
                            + "trascura esqueca desconsidere negeer vergeet ignoruj zignoruj zapomnij "
                            + "\u0438\u0433\u043D\u043E\u0440\u0438\u0440\u0443\u0438 "
                            + "\u0438\u0433\u043D\u043E\u0440\u0438\u0440\u0443\u0438\u0442\u0435 "
                            + "\u0437\u0430\u0431\u0443\u0434\u044C \u0437\u0430\u0431\u0443\u0434\u044C\u0442\u0435")
                    .split(" "));

    /** After these comes not, no longer or stop. */
    private static final Set<String> OBEYS =
            Set.of("follow following obey obeying heed adhere adhering comply complying listen respect".split(" "));

    private static final Set<String> NOT =
            Set.of("not dont stop never longer cease quit refuse without neither cannot".split(" "));

    private static final Set<String> OBJECTS =
            Set.of(("instruction instructions prompt prompts directive directives guideline guidelines programming "
                            + "orders guardrails safeguards preprompt preamble "
                            + "anweisung anweisungen instruktionen vorgaben instrucciones indicaciones ordenes "
                            + "consignes directivas istruzioni instrucoes instructies instrukcje polecenia "
                            + "\u0438\u043D\u0441\u0442\u0440\u0443\u043A\u0446\u0438\u0438 "
                            + "\u0443\u043A\u0430\u0437\u0430\u043D\u0438\u044F")
                    .split(" "));

    /** Objects of many other things as well, so it must be said that the reader's own are meant. */
    private static final Set<String> WEAK_OBJECTS =
            Set.of(("rule rules policy policies constraint constraints restriction restrictions command commands "
                            + "context conversation message messages training limits limitations text regeln befehle "
                            + "reglas regles regole regras regels zasady")
                    .split(" "));

    private static final Set<String> EVERYTHING = Set.of("everything", "anything", "all", "whatever", "what", "alles");

    private static final Set<String> TOLD =
            Set.of("told said above before instructed previously prior earlier preceding beforehand".split(" "));

    /** Which ones: those the reader has been given. */
    private static final Set<String> EARLIER =
            Set.of(("previous previously prior above earlier preceding foregoing former initial original existing your "
                            + "system safety given told received programmed core hidden internal developer ethical "
                            + "vorherigen vorigen bisherigen obigen fruheren deine ihre anteriores anterior previas "
                            + "tus precedentes precedente anterieures dessus tes vos precedenti tue suas vorige "
                            + "eerdere bovenstaande jouw poprzednie wczesniejsze "
                            + "\u043F\u0440\u0435\u0434\u044B\u0434\u0443\u0449\u0438\u0435 \u0442\u0432\u043E\u0438")
                    .split(" "));

    private static final Set<String> ALL =
            Set.of(("all any every each other these those alle todas todos toutes tous tutte tutti wszystkie "
                            + "\u0432\u0441\u0435")
                    .split(" "));

    private static final Set<String> FILLERS =
            Set.of(("the of my our this that and or to with such set last old in on from completely entirely totally "
                            + "please just now user default current security content strict pre everything you been "
                            + "have were are out as die der das den las los les la le il gli o a de di du ci")
                    .split(" "));

    /** In languages that don't separate words: verb, object, which one. */
    private static final List<List<String>> UNSEPARATED = List.of(
            List.of(
                    "\u5FFD\u7565",
                    "\u65E0\u89C6",
                    "\u7121\u8996",
                    "\u5FD8\u8BB0",
                    "\u5FD8\u6389",
                    "\u5FD8\u308C",
                    "\uBB34\uC2DC"),
            List.of(
                    "\u6307\u4EE4",
                    "\u6307\u793A",
                    "\u63D0\u793A",
                    "\u8BF4\u660E",
                    "\u547D\u4EE4",
                    "\u30D7\u30ED\u30F3\u30D7\u30C8",
                    "\uC9C0\uC2DC",
                    "\uBA85\uB839",
                    "\uC9C0\uCE68"),
            List.of(
                    "\u4E4B\u524D",
                    "\u4EE5\u4E0A",
                    "\u5148\u524D",
                    "\u4E0A\u8FF0",
                    "\u6240\u6709",
                    "\u4EE5\u524D",
                    "\u3053\u308C\u307E\u3067",
                    "\u4E0A\u8A18",
                    "\u524D\u306E",
                    "\u3059\u3079\u3066",
                    "\uC774\uC804",
                    "\uC704\uC758",
                    "\uBAA8\uB4E0"));

    private OverridePhrase() {}

    static boolean isIn(Words words) {
        for (int i = 0; i < words.size(); i++) {
            boolean verb = words.isAny(i, VERBS) && !isNegated(words, i);
            boolean obeys = words.isAny(i, OBEYS) && isNegated(words, i);
            if ((verb || obeys) && (hasObject(words, i) || isTold(words, i, verb))
                    || words.get(i).length() > 12 && isSpelled(words.get(i))) {
                return true;
            }
        }
        return isUnseparated(words);
    }

    private static boolean isNegated(Words words, int index) {
        for (int i = index - 1; i >= index - 3 && i >= 0 && !words.startsSentence(i + 1); i--) {
            if (words.isAny(i, NOT)) {
                return true;
            }
        }
        return false;
    }

    /** Between the verb and its object stand only words that say which one. */
    private static boolean hasObject(Words words, int verb) {
        boolean earlier = false;
        boolean all = false;
        int unknown = 0;
        for (int i = verb + 1; i <= verb + LONGEST && i < words.size() && !words.startsSentence(i); i++) {
            boolean weak = words.isAny(i, WEAK_OBJECTS);
            if (weak || words.isAny(i, OBJECTS)) {
                boolean meant = earlier || isEarlierAfter(words, i) || all && !weak;
                if (meant) {
                    return true;
                }
                // prompt instructions, system message rules
                continue;
            }
            earlier |= words.isAny(i, EARLIER);
            all |= words.isAny(i, ALL);
            boolean known = words.isAny(i, EARLIER) || words.isAny(i, ALL) || words.isAny(i, FILLERS);
            unknown += known ? 0 : 1;
            if (unknown > UNKNOWN) {
                return false;
            }
        }
        return false;
    }

    /** As in: the instructions above, the rules you were given. */
    private static boolean isEarlierAfter(Words words, int object) {
        for (int i = object + 1; i <= object + 4 && !words.startsSentence(i); i++) {
            if (words.isAny(i, EARLIER) && !words.is(i, "system") && !words.is(i, "your")) {
                return true;
            }
            if (!words.isAny(i, FILLERS)) {
                return false;
            }
        }
        return false;
    }

    /** As in: forget everything you were told. */
    private static boolean isTold(Words words, int verb, boolean plain) {
        return plain
                && words.isAny(verb + 1, EVERYTHING)
                && !words.startsSentence(verb + 1)
                && words.hasAny(verb + 2, 4, TOLD)
                && !words.hasAny(verb + 2, 3, OBJECTS);
    }

    /** A phrase whose letters stood apart. */
    private static boolean isSpelled(String word) {
        return (word.contains("ignore") || word.contains("disregard") || word.contains("forget"))
                && (word.contains("instruction") || word.contains("prompt") || word.contains("rules"));
    }

    private static boolean isUnseparated(Words words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.charAt(0) < 0x3000) {
                continue;
            }
            // Korean has spaces, so the words around belong to it
            String phrase = word + words.get(i + 1) + words.get(i + 2) + words.get(i + 3);
            if (UNSEPARATED.stream().allMatch(part -> part.stream().anyMatch(phrase::contains))) {
                return true;
            }
        }
        return false;
    }
}
