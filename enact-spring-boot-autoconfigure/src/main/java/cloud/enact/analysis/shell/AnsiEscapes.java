package cloud.enact.analysis.shell;

/** Escapes such as {@code \n}, {@code \x41} and {@code \101}. */
final class AnsiEscapes {

    private AnsiEscapes() {}

    /** Between {@code $'} and {@code '}. */
    static String inQuotes(String text) {
        return decoded(text, true);
    }

    /** In an argument of {@code echo -e} or {@code printf}; an octal number may start with a zero. */
    static String inArgument(String text) {
        return decoded(text, false);
    }

    private static String decoded(String text, boolean quotes) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder all = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\' || at >= text.length()) {
                all.append(c);
                continue;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'a' -> all.append('\u0007');
                case 'b' -> all.append('\b');
                case 'e', 'E' -> all.append('\u001B');
                case 'f' -> all.append('\f');
                case 'n' -> all.append('\n');
                case 'r' -> all.append('\r');
                case 't' -> all.append('\t');
                case 'v' -> all.append('\u000B');
                case '\\' -> all.append('\\');
                case '\'', '"', '?' -> all.append(quotes ? "" : "\\").append(escape);
                case 'x' -> {
                    int from = at;
                    at = number(text, from, 16, 2, all, escape);
                    if (quotes && isZero(text, from, at)) {
                        return all.toString();
                    }
                }
                case 'u' -> at = number(text, at, 16, 4, all, escape);
                case 'U' -> at = number(text, at, 16, 8, all, escape);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int from = (escape == '0' && !quotes) ? at : at - 1;
                    at = number(text, from, 8, 3, all, escape);
                    if (quotes && isZero(text, from, at)) {
                        // as in C: the string ends here
                        return all.toString();
                    }
                }
                case 'c' -> {
                    if (quotes && at < text.length()) {
                        all.append((char) (text.charAt(at++) & 0x1F));
                    } else {
                        all.append("\\c");
                    }
                }
                default -> all.append('\\').append(escape);
            }
        }
        return all.toString();
    }

    private static boolean isZero(String text, int from, int end) {
        for (int at = from; at < end; at++) {
            if (text.charAt(at) != '0') {
                return false;
            }
        }
        return end > from;
    }

    private static int number(String text, int from, int radix, int longest, StringBuilder all, char escape) {
        int value = 0;
        int at = from;
        while (at < text.length() && at - from < longest && Character.digit(text.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(at), radix);
            at++;
        }
        if (at == from && radix == 16) {
            all.append('\\').append(escape);
        } else if (Character.isValidCodePoint(value) && value != 0 && value != Source.END) {
            all.appendCodePoint((radix == 8) ? value & 0xFF : value);
        } else if (value != 0) {
            all.append('\uFFFD');
        }
        return at;
    }
}
