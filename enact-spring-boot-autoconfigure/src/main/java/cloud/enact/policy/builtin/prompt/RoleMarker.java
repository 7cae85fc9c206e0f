package cloud.enact.policy.builtin.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds marks by which models tell who speaks, where an ordinary text has none. */
final class RoleMarker {

    /** Tokens of chat templates. */
    private static final List<String> TOKENS = List.of(
            "<|im_start|>",
            "<|im_end|>",
            "<|im_sep|>",
            "<|system|>",
            "<|user|>",
            "<|assistant|>",
            "<|endoftext|>",
            "<|endofprompt|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            "<|eot_id|>",
            "<|begin_of_text|>",
            "<<sys>>",
            "<</sys>>",
            "[inst]",
            "[/inst]",
            "<start_of_turn>",
            "<end_of_turn>");

    private static final Set<String> SPEAKERS = Set.of("system", "developer", "assistant", "admin", "administrator");

    private static final Set<String> SAYINGS = Set.of(
            "prompt message instruction instructions override command directive directives note update".split(" "));

    private static final Set<String> NEW =
            Set.of("new actual real true revised updated additional important override your".split(" "));

    private static final Set<String> INSTRUCTIONS =
            Set.of("instruction instructions prompt directive directives rules task orders".split(" "));

    /** With these begins what a system would say to a model. */
    private static final Set<String> ADDRESSES =
            Set.of(("you your ignore disregard override forget from always never must the new all do execute "
                            + "respond reveal grant admin authorized disable")
                    .split(" "));

    private static final int LONGEST_HEAD = 80;

    private RoleMarker() {}

    /** Looks at a text that has been normalised. */
    static boolean isIn(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        for (int at = first(plain, 0); at >= 0; at = first(plain, at + 1)) {
            for (String token : TOKENS) {
                if (plain.startsWith(token, at)) {
                    return true;
                }
            }
            if (plain.startsWith("<system>", at)
                    && isSpeech(plain.substring(at + 8, Math.min(plain.length(), at + 208)))) {
                return true;
            }
        }
        for (int start = 0; start < plain.length(); ) {
            int end = endOfLine(plain, start);
            if (isHead(plain.substring(start, end))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int first(String text, int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            if ((text.charAt(i) == '<' || text.charAt(i) == '[') && "|<sei/".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** An element of a document holds a word or two, not a sentence. */
    private static boolean isSpeech(String text) {
        int end = text.indexOf('<');
        return ((end < 0) ? text : text.substring(0, end)).strip().split("\\s+").length >= 3;
    }

    /** Whether a line begins as a turn of a conversation does, or as a part of a prompt. */
    private static boolean isHead(String line) {
        String stripped = line.strip();
        String head = stripped.substring(0, Math.min(stripped.length(), LONGEST_HEAD));
        boolean ruled =
                head.startsWith("###") || head.startsWith("---") || head.startsWith("===") || head.startsWith("***");
        if (!ruled && head.indexOf(':') < 0 && head.indexOf(']') < 0) {
            return false;
        }
        Words words = Words.of(head);
        if (words.size() == 0) {
            return false;
        }
        boolean speaker = words.isAny(0, SPEAKERS);
        if (speaker && words.isAny(1, SAYINGS) && (words.mark(1) == ':' || words.mark(1) == ']')) {
            return true;
        }
        if (words.is(0, "system") && words.isAny(1, SAYINGS) && words.size() == 2 && (ruled || head.startsWith("["))) {
            return true;
        }
        if (speaker && (words.mark(0) == ':' || words.mark(0) == ']') && words.hasAny(1, 3, ADDRESSES)) {
            return !words.is(0, "assistant") || head.startsWith("[");
        }
        int object = words.isAny(1, INSTRUCTIONS) ? 1 : words.is(1, "system") && words.isAny(2, INSTRUCTIONS) ? 2 : -1;
        if (object > 0 && words.isAny(0, NEW) && words.mark(object) == ':') {
            return true;
        }
        boolean border = words.isAny(0, Set.of("begin", "start", "end", "new"));
        return ruled
                && border
                && words.hasAny(1, 4, Set.of("system", "instructions", "instruction", "prompt"))
                && words.size() <= 6;
    }
}
