package cloud.enact.policy.builtin.prompt;

import java.util.Set;

/** Finds phrases that give a reader another role, or take its limits away. */
final class RolePhrase {

    private static final Set<String> PERSONAS =
            Set.of(("ai assistant bot chatbot llm gpt chatgpt model dan hacker jailbroken unrestricted unfiltered "
                            + "uncensored evil persona character unethical amoral villain attacker expert terminal "
                            + "pirate grandmother human root superuser god malicious sarcastic")
                    .split(" "));

    /** What a person may become by subscribing, logging in or being made one. */
    private static final Set<String> MEMBERS =
            Set.of(("member subscriber admin administrator owner customer user participant part premium moderator "
                            + "contributor editor maintainer partner fan guest student graduate leader collaborator "
                            + "citizen parent manager verified registered proud certified week day step click")
                    .split(" "));

    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "my", "our");

    private static final Set<String> FREED =
            Set.of("free", "unrestricted", "unfiltered", "uncensored", "jailbroken", "dan");

    private static final Set<String> ANSWERS =
            Set.of(("respond answer reply obey act speak behave ignore pretend comply output disregard refuse forget "
                            + "roleplay talk unrestricted")
                    .split(" "));

    private static final Set<String> YOU = Set.of("you", "youre", "u", "that");

    private static final Set<String> LIMITS =
            Set.of(("restriction restrictions limitation limitations rules guidelines filter filters boundaries "
                            + "constraints limits censorship")
                    .split(" "));

    private static final Set<String> BOUND = Set.of("bound", "restricted", "limited", "constrained", "governed");

    private static final Set<String> GUARDS =
            Set.of(("filter filters policy policies guard guards restriction restrictions rule rules guardrail "
                            + "guardrails guidelines safeguards protocols measures training")
                    .split(" "));

    private static final Set<String> SAFETY =
            Set.of("safety", "content", "ethical", "ethics", "moderation", "alignment");

    private static final Set<String> PASSES =
            Set.of("bypass", "circumvent", "evade", "disable", "deactivate", "ignore");

    private RolePhrase() {}

    static boolean isIn(Words words) {
        for (int i = 0; i < words.size(); i++) {
            boolean found = switch (words.get(i)) {
                case "now" -> words.is(i - 1, "are") && words.is(i - 2, "you") && isPersona(words, i + 1);
                case "youre" -> words.is(i + 1, "now") && isPersona(words, i + 2);
                case "act", "acting", "behave" -> isActing(words, i);
                case "pretend", "imagine" -> isPretending(words, i);
                case "roleplay", "impersonate", "simulate" -> isRole(words, i);
                case "from" -> isFromNowOn(words, i);
                case "do" -> words.is(i + 1, "anything") && words.is(i + 2, "now");
                case "dan", "jailbreak", "god" -> words.is(i + 1, "mode");
                case "developer", "debug", "unrestricted" -> isMode(words, i);
                case "longer" -> words.is(i - 1, "no") && words.isAny(i + 1, BOUND) && isOfReader(words, i);
                case "no", "without" -> isUnlimited(words, i);
                default -> words.isAny(i, PASSES) && isSafety(words, i);
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPersona(Words words, int index) {
        if (words.startsSentence(index)) {
            return false;
        }
        return words.isAny(index, FREED)
                || words.isAny(index, ARTICLES) && !words.hasAny(index + 1, 3, MEMBERS)
                || words.is(index, "in") && words.hasAny(index + 1, 3, Set.of("mode"));
    }

    private static boolean isActing(Words words, int index) {
        if (!words.is(index + 1, "as") && !words.is(index + 1, "like")) {
            return false;
        }
        boolean asIf = (words.is(index + 2, "if") || words.is(index + 2, "though")) && words.isAny(index + 3, YOU);
        return asIf || words.hasAny(index + 2, 4, PERSONAS);
    }

    private static boolean isPretending(Words words, int index) {
        boolean imagine = words.is(index, "imagine");
        boolean you = words.isAny(index + 1, YOU)
                && (words.is(index + 1, "youre")
                        || words.hasAny(index + 1, 3, Set.of("are", "youre", "re", "have", "can")));
        return you && !imagine
                || you && words.hasAny(index + 2, 6, PERSONAS)
                || words.is(index + 1, "to") && words.is(index + 2, "be") && words.hasAny(index + 3, 4, PERSONAS);
    }

    private static boolean isRole(Words words, int index) {
        return (words.is(index + 1, "as") || words.is(index + 1, "being")) && words.hasAny(index + 2, 5, PERSONAS);
    }

    private static boolean isFromNowOn(Words words, int index) {
        return words.is(index + 1, "now")
                && words.is(index + 2, "on")
                && (words.hasAny(index + 3, 6, ANSWERS)
                        || words.hasAny(index + 3, 2, YOU) && words.hasAny(index + 4, 5, PERSONAS));
    }

    private static boolean isMode(Words words, int index) {
        return words.is(index + 1, "mode")
                && (words.hasAny(index + 2, 2, Set.of("output", "unlocked", "response"))
                        || words.is(index - 1, "in") && words.hasAny(index - 5, 5, Set.of("you", "youre")));
    }

    private static boolean isOfReader(Words words, int index) {
        return words.hasAny(index - 4, 4, Set.of("you", "youre"));
    }

    private static boolean isUnlimited(Words words, int index) {
        boolean limits = words.isAny(index + 1, LIMITS)
                || words.isAny(index + 1, Set.of("any", "ethical", "moral", "safety", "content"))
                        && words.isAny(index + 2, LIMITS);
        if (!limits) {
            return false;
        }
        return words.is(index, "no")
                ? words.is(index - 1, "have") && isOfReader(words, index)
                : words.hasAny(index - 4, 4, Set.of("respond", "answer", "reply", "speak", "ai", "assistant"));
    }

    private static boolean isSafety(Words words, int index) {
        boolean your = words.is(index + 1, "your");
        int at = your || words.is(index + 1, "the") || words.is(index + 1, "all") ? index + 2 : index + 1;
        boolean safety = words.isAny(at, SAFETY) || your && words.is(at, "security");
        return safety && words.hasAny(at + 1, 2, GUARDS) && (your || !words.is(index, "ignore"))
                || your && words.isAny(at, Set.of("guidelines", "restrictions", "guardrails", "safeguards", "filters"));
    }
}
