package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads canonical JSON (RFC 8785) from front to back and refuses all other JSON. Not thread-safe. */
final class CanonicalParser extends CanonicalScanner {

    CanonicalParser(byte[] bytes) {
        super(bytes);
    }

    /** Reads a value. */
    @Nullable
    Object value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true", Boolean.TRUE);
            case 'f' -> literal("false", Boolean.FALSE);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        enter(depth);
        if (!accept('}')) {
            String previous = null;
            do {
                String name = string();
                if (previous != null && previous.compareTo(name) >= 0) {
                    throw malformed("names must ascend and be unique");
                }
                previous = name;
                expect(':');
                members.put(name, value(depth + 1));
            } while (accept(','));
            expect('}');
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        enter(depth);
        if (!accept(']')) {
            do {
                elements.add(value(depth + 1));
            } while (accept(','));
            expect(']');
        }
        return Collections.unmodifiableList(elements);
    }

    private void enter(int depth) {
        if (depth >= CanonicalJson.MAX_DEPTH) {
            throw malformed("nested deeper than " + CanonicalJson.MAX_DEPTH + " levels");
        }
        this.at++;
    }

    /** Checks a value as strictly as {@link #value} does, without making objects of it. */
    void skip(int depth) {
        switch (peek()) {
            case '{' -> skipObject(depth);
            case '[' -> {
                enter(depth);
                if (!accept(']')) {
                    do {
                        skip(depth + 1);
                    } while (accept(','));
                    expect(']');
                }
            }
            case '"' -> skipString();
            case 't' -> literal("true", Boolean.TRUE);
            case 'f' -> literal("false", Boolean.FALSE);
            case 'n' -> literal("null", null);
            default -> number();
        }
    }

    private void skipObject(int depth) {
        texts(depth);
    }

    /**
     * Checks an object as {@link #skip} does, and reads some of its members.
     *
     * @param wanted names of ASCII characters that need no escape
     * @return the texts of these members; {@code null} for one that is missing or no text
     */
    @Nullable
    String[] texts(int depth, String... wanted) {
        @Nullable String[] texts = new @Nullable String[wanted.length];
        enter(depth);
        if (accept('}')) {
            return texts;
        }
        int previousStart = -1;
        int previousEnd = -1;
        boolean previousPlain = true;
        do {
            int start = this.at;
            skipString();
            int end = this.at;
            if (previousStart >= 0 && !ascends(previousStart, previousEnd, previousPlain, start, end)) {
                throw malformed("names must ascend and be unique");
            }
            previousStart = start;
            previousEnd = end;
            previousPlain = this.plain;
            expect(':');
            int index = (wanted.length > 0 && previousPlain) ? index(start + 1, end - 1, wanted) : -1;
            if (index >= 0 && peek() == '"') {
                texts[index] = string();
            } else {
                skip(depth + 1);
            }
        } while (accept(','));
        expect('}');
        return texts;
    }

    private int index(int start, int end, String... names) {
        for (int i = 0; i < names.length; i++) {
            if (isAt(start, end, names[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Whether ASCII text stands between two places. */
    private boolean isAt(int start, int end, String text) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (this.bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a string that probably is one of a few known ones, which then need not be made anew. */
    String string(KnownTexts known) {
        int start = this.at;
        skipString();
        String text = this.plain ? known.find(this.bytes, start + 1, this.at - 1) : null;
        if (text != null) {
            return text;
        }
        this.at = start;
        return string();
    }

    private boolean ascends(int start, int end, boolean bothPlain, int nextStart, int nextEnd) {
        if (bothPlain && this.plain) {
            return Arrays.compare(this.bytes, start + 1, end - 1, this.bytes, nextStart + 1, nextEnd - 1) < 0;
        }
        boolean plain = this.plain;
        int resume = this.at;
        this.at = start;
        String previous = string();
        this.at = nextStart;
        String next = string();
        this.at = resume;
        this.plain = plain;
        return previous.compareTo(next) < 0;
    }
}
