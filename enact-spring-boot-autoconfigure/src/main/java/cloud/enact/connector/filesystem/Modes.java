package cloud.enact.connector.filesystem;

import java.nio.file.attribute.PosixFilePermissions;

/**
 * Modes as {@code ls} writes them, nine characters: a letter {@code s} or {@code t} in place of an {@code x}, or a
 * capital one in place of a dash, says that the set-user, set-group or sticky bit is set.
 */
final class Modes {

    private static final String ALL = "rwxrwxrwx";

    /** Places of the letters that say it, the set-user bit first. */
    private static final int[] PLACES = {2, 5, 8};

    private Modes() {}

    /** The text of a mode. */
    static String text(int mode) {
        StringBuilder text = new StringBuilder(ALL.length());
        for (int i = 0; i < ALL.length(); i++) {
            text.append((mode & (1 << (ALL.length() - 1 - i))) != 0 ? ALL.charAt(i) : '-');
        }
        for (int i = 0; i < PLACES.length; i++) {
            if ((mode & (1 << (11 - i))) != 0) {
                char letter = (i == 2) ? 't' : 's';
                boolean executable = text.charAt(PLACES[i]) == 'x';
                text.setCharAt(PLACES[i], executable ? letter : Character.toUpperCase(letter));
            }
        }
        return text.toString();
    }

    /**
     * The mode of a text.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static int bits(String text) {
        String plain = plain(text);
        PosixFilePermissions.fromString(plain);
        int mode = 0;
        for (int i = 0; i < ALL.length(); i++) {
            if (plain.charAt(i) != '-') {
                mode |= 1 << (ALL.length() - 1 - i);
            }
        }
        for (int i = 0; i < PLACES.length; i++) {
            if (isSpecial(text.charAt(PLACES[i]))) {
                mode |= 1 << (11 - i);
            }
        }
        return mode;
    }

    /** Whether any of the three bits is set. */
    static boolean isSpecial(String text) {
        return !plain(text).equals(text);
    }

    /** The same without the three bits. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int place : PLACES) {
            if (place < text.length() && isSpecial(text.charAt(place))) {
                plain.setCharAt(place, Character.isUpperCase(text.charAt(place)) ? '-' : 'x');
            }
        }
        return plain.toString();
    }

    /** The same without the bits that lend somebody the rights of the owner or group; the sticky bit stays. */
    static String withoutSetId(String text) {
        return plain(text.substring(0, PLACES[2])) + text.substring(PLACES[2]);
    }

    private static boolean isSpecial(char letter) {
        return letter == 's' || letter == 'S' || letter == 't' || letter == 'T';
    }
}
