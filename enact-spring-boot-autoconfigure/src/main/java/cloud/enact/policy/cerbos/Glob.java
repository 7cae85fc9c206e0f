package cloud.enact.policy.cerbos;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for names whose parts are separated by colons: {@code *} is any text inside a part, {@code **} and the lone
 * {@code *} any text at all, {@code ?} one character inside a part. A text without {@code *} is taken literally.
 * Matching takes time in proportion to pattern and name. Immutable.
 */
final class Glob {

    private static final char SEPARATOR = ':';

    private final String text;

    private final List<Token> tokens;

    Glob(String text) {
        this.text = text;
        this.tokens = text.indexOf('*') < 0 ? List.of() : tokens(text.equals("*") ? "**" : text);
    }

    static List<Glob> all(List<String> texts) {
        return texts.stream().map(Glob::new).toList();
    }

    static boolean anyMatches(List<Glob> globs, String name) {
        for (int i = 0; i < globs.size(); i++) {
            if (globs.get(i).matches(name)) {
                return true;
            }
        }
        return false;
    }

    String text() {
        return this.text;
    }

    boolean isLiteral() {
        return this.tokens.isEmpty();
    }

    boolean isEverything() {
        return this.text.equals("*") || this.text.equals("**");
    }

    boolean matches(String name) {
        if (isLiteral()) {
            return this.text.equals(name);
        }
        if (isEverything()) {
            return true;
        }
        // the states that the tokens read so far may be in, by the number of characters they took
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (Token token : this.tokens) {
            reached = token.step(name, reached);
        }
        return reached[name.length()];
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                boolean twice = i + 1 < text.length() && text.charAt(i + 1) == '*';
                i += twice ? 1 : 0;
                tokens.add(new Token(twice ? Kind.ANY : Kind.PART, c));
            } else if (c == '?') {
                tokens.add(new Token(Kind.ONE, c));
            } else {
                boolean escaped = c == '\\' && i + 1 < text.length();
                i += escaped ? 1 : 0;
                tokens.add(new Token(Kind.LITERAL, text.charAt(i)));
            }
        }
        return List.copyOf(tokens);
    }

    /** What a token takes. */
    private enum Kind {
        /** This very character. */
        LITERAL,
        /** One character inside a part. */
        ONE,
        /** Any text inside a part. */
        PART,
        /** Any text. */
        ANY
    }

    private record Token(Kind kind, char literal) {

        private boolean[] step(String name, boolean[] before) {
            boolean[] after = new boolean[before.length];
            for (int i = 0; i < before.length; i++) {
                boolean repeats = this.kind == Kind.ANY || this.kind == Kind.PART;
                if (repeats) {
                    after[i] |= before[i];
                }
                if (i < name.length() && takes(name.charAt(i)) && (before[i] || repeats && after[i])) {
                    after[i + 1] = true;
                }
            }
            return after;
        }

        private boolean takes(char c) {
            return switch (this.kind) {
                case LITERAL -> c == this.literal;
                case ONE, PART -> c != SEPARATOR;
                case ANY -> true;
            };
        }
    }
}
