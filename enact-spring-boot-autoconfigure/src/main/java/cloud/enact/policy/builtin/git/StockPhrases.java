package cloud.enact.policy.builtin.git;

import cloud.enact.policy.NormalizedText;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells messages that say something from those that fit any commit. */
final class StockPhrases {

    private static final int SHORTEST = 10;

    /** More of a message is not looked at: it says something. */
    private static final int LONGEST = 4096;

    /** In scripts without spaces one character is a word. */
    private static final int SHORTEST_DENSE = 4;

    private static final Set<UnicodeScript> DENSE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    /** Words that say nothing about this commit; a message of such words only is a stock phrase. */
    private static final Set<String> FILLERS =
            Set.of(("a an the and or of in to for on with at it its this that these some any all my our is are was be "
                            + "i we just please again now then here there not no yes ok okay "
                            + "wip work working progress fix fixes fixed fixing hotfix bugfix bugfixes fixup squash "
                            + "update updates updated updating upd change changes changed changing edit edits edited "
                            + "modify modified modification modifications add adds added adding remove removed removing "
                            + "delete deleted improve improved improves improvement improvements enhance enhancement "
                            + "enhancements clean cleaned cleaning cleanup cleanups up refactor refactored refactoring "
                            + "tweak tweaks tweaked adjust adjusted adjustment adjustments make made do did done doing "
                            + "implement implemented stuff thing things something code codes file files bug bugs issue "
                            + "issues error errors problem problems misc miscellaneous minor major small little tiny "
                            + "quick big various several more few many other another final finally latest last new old "
                            + "test tests testing tested temp tmp temporary commit commits committed committing save "
                            + "saved saving checkpoint backup snapshot push pushed merge sync feature features feat "
                            + "chore docs style build ci perf revert project repo stuffs etc asdf foo bar baz lol "
                            + "message msg placeholder todo tbd initial first second next version v auto automatic "
                            + "automated bot agent ai claude codex copilot assistant generated per request requested "
                            + "feedback review comments address addressed addresses part step")
                    .split(" "));

    private StockPhrases() {}

    /** Returns what is wrong with a message, as the end of a sentence about it, or {@code null} when nothing is. */
    static @Nullable String objection(String message) {
        String text = NormalizedText.of(message.substring(0, Math.min(message.length(), LONGEST)))
                .strip();
        int visible =
                (int) text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
        int dense = (int) text.codePoints().filter(StockPhrases::isDense).count();
        if (visible == 0) {
            return "is blank";
        }
        boolean mostlyDense = dense * 2 >= visible;
        if (mostlyDense ? visible < SHORTEST_DENSE : length(text) < SHORTEST) {
            return "is too short to say anything";
        }
        return (!mostlyDense && isStock(text)) ? "would fit any commit" : null;
    }

    /** Several blanks in a row count as one. */
    private static int length(String text) {
        int length = 0;
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            boolean white = Character.isWhitespace(text.charAt(i));
            length += (white && blank) ? 0 : 1;
            blank = white;
        }
        return length;
    }

    private static boolean isDense(int c) {
        return DENSE.contains(UnicodeScript.of(c));
    }

    private static boolean isStock(String text) {
        List<String> words = words(text.toLowerCase(Locale.ROOT));
        if (words.stream().allMatch(word -> FILLERS.contains(word) || isNumber(word))) {
            return true;
        }
        // asdfasdfasdf, xxxxxxxxxx
        return words.size() == 1 && words.get(0).chars().distinct().count() <= 4;
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean letter = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }
}
