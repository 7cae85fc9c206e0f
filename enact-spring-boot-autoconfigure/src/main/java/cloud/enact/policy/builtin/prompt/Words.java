package cloud.enact.policy.builtin.prompt;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text as a reader takes them: small letters, no accents, letters for the signs that look like them.
 * Reading takes time proportional to the text. Immutable.
 */
final class Words {

    private static final String LOOK_ALIKES = "\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051B"
            + "\u03BF\u03B1\u03B5\u03B9\u03BD\u03C1\u03C4\u03C5\u03BA\u0131\u0261\u029F\u0280\u1D0F\u1D07\u1D00\u0274\u1D1C";

    private static final String LATIN = "aeopcyxijsdq" + "oaeivptukiglroeanu";

    private static final String DIGITS = "0134578@$!";

    private static final String LETTERS = "oieastbasi";

    /** Joined, they would be longer than any word that is looked for. */
    private static final int LONGEST_SPELLING = 80;

    private final List<String> words = new ArrayList<>();

    private final BitSet starts = new BitSet();

    private final BitSet lines = new BitSet();

    private final StringBuilder marks = new StringBuilder();

    private boolean start = true;

    private boolean line = true;

    private Words() {}

    /** Reads a text that has been normalised. */
    static Words of(String text) {
        Words words = new Words();
        words.read(isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD));
        return words;
    }

    int size() {
        return this.words.size();
    }

    /** The word, or an empty text beyond either end. */
    String get(int index) {
        return (index >= 0 && index < this.words.size()) ? this.words.get(index) : "";
    }

    boolean is(int index, String word) {
        return get(index).equals(word);
    }

    boolean isAny(int index, Set<String> some) {
        return some.contains(get(index));
    }

    /** Whether one of the words stands among so many from an index on, within the sentence. */
    boolean hasAny(int from, int count, Set<String> some) {
        int first = Math.max(0, from);
        for (int i = first; i < from + count && i < this.words.size(); i++) {
            if (i > first && startsSentence(i)) {
                return false;
            }
            if (some.contains(this.words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sentence begins with the word; a line break alone does not begin one. */
    boolean startsSentence(int index) {
        return index >= this.words.size() || this.starts.get(index);
    }

    /** Whether a sentence or a line begins with the word. */
    boolean startsLine(int index) {
        return startsSentence(index) || this.lines.get(index);
    }

    /** The first sign behind the word that is no white space; a space when there is none. */
    char mark(int index) {
        return this.marks.charAt(index);
    }

    private void read(String text) {
        StringBuilder word = new StringBuilder();
        StringBuilder spelling = new StringBuilder();
        boolean ended = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = (i < text.length()) ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)
                    || (c == '@' || c == '$' || c == '!') && isBetweenLetters(text, i)
                    || Character.isSurrogate(c)) {
                word.append(c);
                continue;
            }
            boolean mark = c >= 0x300 && Character.getType(c) == Character.NON_SPACING_MARK;
            if (mark && word.length() > 0 && word.charAt(word.length() - 1) >= 0x530) {
                // in scripts further east marks make other letters
                word.append(c);
                continue;
            }
            if (mark || c == '\'' || c == '\u2019') {
                // don't is read as dont
                continue;
            }
            if (word.length() > 0) {
                add(word, spelling, ended);
                ended = false;
                this.line = false;
            }
            int last = this.marks.length() - 1;
            if (last >= 0 && this.marks.charAt(last) == ' ' && !Character.isWhitespace(c)) {
                this.marks.setCharAt(last, c);
            }
            this.line |= c == '\n' || c == '\r';
            boolean dot = c == '.' || c == '!' || c == '?' || c == '\u3002';
            ended |= dot && (i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1)));
        }
        flush(spelling);
    }

    private void add(StringBuilder letters, StringBuilder spelling, boolean ended) {
        String word = plain(letters.toString());
        letters.setLength(0);
        if (ended) {
            this.start = true;
        }
        if (word.length() == 1 && spelling.length() < LONGEST_SPELLING) {
            // i g n o r e
            spelling.append(word);
            return;
        }
        flush(spelling);
        append(word);
    }

    private void flush(StringBuilder spelling) {
        if (spelling.length() > 3) {
            append(spelling.toString());
        } else {
            spelling.chars().forEach(c -> append(String.valueOf((char) c)));
        }
        spelling.setLength(0);
    }

    private void append(String word) {
        this.starts.set(this.words.size(), this.start);
        this.lines.set(this.words.size(), this.line);
        this.words.add(word);
        this.marks.append(' ');
        this.start = false;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Whether all are letters, or none is: then no sign stands for a letter. */
    private static boolean isOfOneKind(String word) {
        boolean letters = Character.isLetter(word.charAt(0));
        for (int i = 1; i < word.length(); i++) {
            if (Character.isLetter(word.charAt(i)) != letters) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetweenLetters(String text, int index) {
        return index > 0
                && index + 1 < text.length()
                && Character.isLetter(text.charAt(index - 1))
                && Character.isLetter(text.charAt(index + 1));
    }

    private static String plain(String word) {
        boolean ascii = isAscii(word);
        if (ascii && isOfOneKind(word)) {
            return word.toLowerCase(Locale.ROOT);
        }
        String small = (ascii ? word : Normalizer.normalize(word, Normalizer.Form.NFC)).toLowerCase(Locale.ROOT);
        boolean latin = small.chars().anyMatch(c -> c >= 'a' && c <= 'z');
        StringBuilder plain = new StringBuilder(small.length());
        for (int i = 0; i < small.length(); i++) {
            char c = small.charAt(i);
            int alike = latin ? LOOK_ALIKES.indexOf(c) : -1;
            int digit = latin ? DIGITS.indexOf(c) : -1;
            plain.append((alike >= 0) ? LATIN.charAt(alike) : (digit >= 0) ? LETTERS.charAt(digit) : c);
        }
        return plain.toString();
    }
}
