package cloud.enact.policy.builtin.prompt;

import cloud.enact.policy.NormalizedText;
import org.jspecify.annotations.Nullable;

/** Tells what a text tries to do to a model that reads it. */
final class Injection {

    /** In fewer characters nobody is told anything. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 4_000_000;

    private Injection() {}

    /** What it tries, the end of a sentence; or {@code null}. */
    static @Nullable String in(String text) {
        if (text.length() < SHORTEST) {
            return null;
        }
        String plain = NormalizedText.of(text);
        if (plain.length() > LONGEST) {
            return "is too long to be looked at";
        }
        if (!hasLetters(plain)) {
            return null;
        }
        if (RoleMarker.isIn(plain)) {
            return "speaks as if it were the system";
        }
        Words words = Words.of(plain);
        if (OverridePhrase.isIn(words)) {
            return "tells the model to leave its instructions";
        }
        if (RolePhrase.isIn(words)) {
            return "gives the model another role";
        }
        return PromptRequest.isIn(words) ? "asks for the instructions of the model" : null;
    }

    private static boolean hasLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
