package cloud.enact.policy.builtin.access;

import cloud.enact.policy.NormalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a field's name in small letters, whichever way they are put together: {@code dateOfBirth},
 * {@code date_of_birth} and {@code DATE-OF-BIRTH} are one field.
 */
record FieldName(List<String> words) {

    private static final int LONGEST = 128;

    FieldName {
        words = List.copyOf(words);
    }

    static FieldName of(String name) {
        String text = NormalizedText.of(name.substring(0, Math.min(name.length(), LONGEST)));
        List<String> words = new ArrayList<>(2);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1));
            if (begins || !Character.isLetterOrDigit(c)) {
                end(words, word);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        end(words, word);
        return new FieldName(words);
    }

    private static void end(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    /** Whether it is that field of something: {@code customer_ssn} and {@code user.ssn} are an ssn. */
    boolean endsWith(FieldName field) {
        int from = this.words.size() - field.words.size();
        if (from >= 0 && this.words.subList(from, this.words.size()).equals(field.words)) {
            return true;
        }
        return String.join("", this.words).equals(String.join("", field.words));
    }
}
