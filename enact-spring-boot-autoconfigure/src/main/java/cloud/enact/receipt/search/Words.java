package cloud.enact.receipt.search;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptContents;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text: runs of letters and digits, in lower case; an ideograph is a word of its own. An index gets and
 * is asked for these words only, so that it can't read them differently, and no text of a query reaches it as syntax.
 */
public final class Words {

    /** Letters of a word that count. */
    private static final int LONGEST = 64;

    /** Words of one receipt that are indexed. */
    private static final int MOST = 10_000;

    /** Characters that all of them have together: some index takes no more than a megabyte. */
    private static final int MOST_CHARACTERS = 200_000;

    private static final int MOST_ASKED_FOR = 16;

    private static final int LONGEST_QUERY = 1000;

    private static final ReceiptContents SIGNED = ReceiptContents.withoutKeys();

    private final Set<String> found = new LinkedHashSet<>();

    private final StringBuilder word = new StringBuilder();

    private int characters;

    private Words() {}

    /** The words of the masked arguments of a receipt, and of what is known of its outcome. */
    static Set<String> of(Receipt receipt) {
        Words words = new Words();
        if (receipt.damage() == null) {
            // of what is encrypted there are no words, only letters at random
            Map<String, @Nullable Object> fields = SIGNED.open(receipt).fields();
            words.addValue(fields.get("payload"));
            words.addValue(fields.get("outcome_detail"));
        }
        return words.found;
    }

    /**
     * The words that somebody looks for.
     *
     * @throws IllegalArgumentException when there is none, or too much; the message does not repeat the query
     */
    public static Set<String> asked(String query) {
        if (query.length() > LONGEST_QUERY) {
            throw new IllegalArgumentException("'text' has at most " + LONGEST_QUERY + " characters");
        }
        Words words = new Words();
        words.addText(query);
        if (words.found.isEmpty()) {
            throw new IllegalArgumentException("'text' has a letter or digit to look for");
        }
        if (words.found.size() > MOST_ASKED_FOR) {
            throw new IllegalArgumentException("'text' has at most " + MOST_ASKED_FOR + " words");
        }
        return words.found;
    }

    private void addValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                addText(String.valueOf(name));
                addValue(member);
            });
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(this::addValue);
        } else if (value != null) {
            addText(value.toString());
        }
    }

    private void addText(String text) {
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(this::addCharacter);
        end();
    }

    private void addCharacter(int character) {
        if (Character.isIdeographic(character)) {
            end();
            this.word.appendCodePoint(character);
            end();
        } else if (Character.isLetterOrDigit(character) || isMark(character)) {
            if (this.word.length() < LONGEST) {
                this.word.appendCodePoint(character);
            }
        } else {
            end();
        }
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private void end() {
        if (!this.word.isEmpty()) {
            if (this.found.size() < MOST
                    && this.characters + this.word.length() <= MOST_CHARACTERS
                    && this.found.add(this.word.toString())) {
                this.characters += this.word.length();
            }
            this.word.setLength(0);
        }
    }
}
