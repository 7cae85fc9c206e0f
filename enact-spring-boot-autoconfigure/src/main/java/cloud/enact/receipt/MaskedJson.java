package cloud.enact.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as canonical JSON while it masks and cuts them, without a copy in between. For one receipt; not
 * thread-safe.
 */
final class MaskedJson {

    /** Values stand inside a receipt, a list in it and an object in that. */
    private static final int OUTER_LEVELS = 4;

    /** Shorter names than the shortest credential are not searched. */
    private static final int SHORT_NAME = 16;

    private static final String TOO_DEEP = Masking.MASK + " (nested too deeply)";

    private static final byte[] MASK = ('"' + Masking.MASK + '"').getBytes(StandardCharsets.US_ASCII);

    private final Masking masking;

    private final JsonBytes out;

    private final PayloadDigests.@Nullable OfReceipt digests;

    private final MaskedValues known;

    private ReceiptLimits limits;

    /** Whether the block says what it was given, word for word. */
    private boolean faithful;

    /** Whether nothing of the newest block could be written. */
    private boolean removed;

    /** Length of the output from which on nothing more is written, because it will be thrown away. */
    private int end;

    MaskedJson(Masking masking, JsonBytes out, PayloadDigests.@Nullable OfReceipt digests, MaskedValues known) {
        this.masking = masking;
        this.out = out;
        this.digests = digests;
        this.known = known;
        this.limits = masking.limits();
    }

    /**
     * Writes an object in at most so many bytes: as it is, else with less of each text and list, else a remark.
     *
     * @param prefix ASCII text to write before it
     * @return how many bytes the object took
     */
    int block(Map<?, ?> values, int budget, String prefix) {
        this.out.raw(prefix);
        int start = this.out.length();
        this.end = start + budget;
        this.limits = this.masking.limits();
        this.faithful = true;
        value(values, OUTER_LEVELS);
        if (this.out.length() > this.end) {
            this.out.rewind(start);
            this.faithful = false;
            this.limits = this.masking.limits().tight();
            value(values, OUTER_LEVELS);
        }
        this.removed = this.out.length() > this.end;
        if (this.removed) {
            this.out.rewind(start);
            this.out.raw("{\"***\":\"cut, too large for a receipt\"}");
        }
        if (!this.faithful) {
            this.known.collect(values);
        }
        this.limits = this.masking.limits();
        return this.out.length() - start;
    }

    /**
     * Whether nothing was masked or cut in the newest block, so that its bytes are the canonical form of what was
     * given.
     */
    boolean faithful() {
        return this.faithful;
    }

    /** Whether the newest block was too large even with less of each text and list. */
    boolean removed() {
        return this.removed;
    }

    /** Writes a text. */
    void text(String text) {
        String shown = this.known.hide(this.masking.credentials(text));
        if (shown.length() > this.limits.text()) {
            shown = Masking.cut(shown, text, this.limits.text(), this.digests);
        }
        this.faithful &= shown.equals(text);
        this.out.string(shown);
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof Iterable<?> elements) {
            list(elements, depth);
        } else if (value instanceof Object[] array) {
            list(Arrays.asList(array), depth);
        } else if (value instanceof CharSequence || value instanceof byte[]) {
            text(textOf(value));
        } else if (value instanceof Number number && !(value instanceof Long || value instanceof Integer)) {
            number(number);
        } else {
            CanonicalJson.scalar(this.out, value);
        }
    }

    /** Numbers have no limit of their own: one of a million digits is a text by then, and cut like one. */
    private void number(Number number) {
        int start = this.out.length();
        CanonicalJson.scalar(this.out, number);
        if (this.out.length() - start > this.limits.text()) {
            String text =
                    new String(this.out.array(), start + 1, this.out.length() - start - 2, StandardCharsets.ISO_8859_1);
            this.out.rewind(start);
            this.faithful = false;
            text(text);
        }
    }

    private static String textOf(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
        return value.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        if (depth >= CanonicalJson.MAX_DEPTH) {
            this.faithful = false;
            this.out.string(TOO_DEEP);
            return;
        }
        this.out.raw('{');
        Object[] members = presentable(MemberOrder.sorted(map));
        boolean labelled = isLabelled(members);
        for (int i = 0; i < members.length && this.out.length() <= this.end; i += 2) {
            if (i > 0) {
                this.out.raw(',');
            }
            String name = (String) members[i];
            Object value = members[i + 1];
            this.out.string(name).raw(':');
            boolean secret = this.masking.isSecretName(name) || labelled && SecretPlaces.isValue(name);
            if (secret && value != null && !(value instanceof Boolean)) {
                this.faithful = false;
                this.out.raw(MASK);
            } else {
                value(value, depth + 1);
            }
        }
        this.out.raw('}');
    }

    private boolean isLabelled(Object[] members) {
        for (int i = 0; i < members.length; i += 2) {
            if (this.masking.secrets().isLabel((String) members[i], members[i + 1])) {
                return true;
            }
        }
        return false;
    }

    /** An element of a list: of the arguments of a program, the value of a secret is masked whatever it looks like. */
    private boolean element(@Nullable Object element, boolean secret, int depth) {
        String text = (element instanceof String string) ? string : "";
        int optionValue = this.masking.secrets().optionValue(text);
        if (secret && element != null && !(element instanceof Boolean)) {
            this.faithful = false;
            this.out.raw(MASK);
        } else if (optionValue > 0) {
            this.faithful = false;
            this.out.string(text.substring(0, optionValue) + Masking.MASK);
        } else {
            value(element, depth);
        }
        return this.masking.secrets().isOption(element);
    }

    private void list(Iterable<?> elements, int depth) {
        if (depth >= CanonicalJson.MAX_DEPTH) {
            this.faithful = false;
            this.out.string(TOO_DEEP);
            return;
        }
        this.out.raw('[');
        Iterator<?> iterator = elements.iterator();
        boolean secret = false;
        for (int i = 0; iterator.hasNext() && this.out.length() <= this.end; i++) {
            if (i > 0) {
                this.out.raw(',');
            }
            if (i == this.limits.elements()) {
                long more = 0;
                while (iterator.hasNext()) {
                    iterator.next();
                    more++;
                }
                this.faithful = false;
                this.out.string(Masking.MASK + " (cut, " + more + " more elements)");
            } else {
                secret = element(iterator.next(), secret, depth + 1);
            }
        }
        this.out.raw(']');
    }

    /** Cuts what is too many members, and names that are too long or hold a credential themselves. */
    private Object[] presentable(Object[] sorted) {
        int most = this.limits.elements() * 2;
        boolean fine = sorted.length <= most;
        for (int i = 0; i < sorted.length && fine; i += 2) {
            String name = (String) sorted[i];
            fine = name.length() < SHORT_NAME
                    || (name.length() <= this.limits.text() && this.masking.credentials(name) == name);
        }
        if (fine) {
            return sorted;
        }
        this.faithful = false;
        TreeMap<String, @Nullable Object> members = new TreeMap<>();
        for (int i = 0; i < Math.min(most, sorted.length); i += 2) {
            String name = (String) sorted[i];
            String shown = Masking.cut(this.masking.credentials(name), name, this.limits.text(), this.digests);
            // a secret behind a name that no longer shows must not lose its mask
            boolean secret = this.masking.isSecretName(name) && sorted[i + 1] != null;
            members.put(free(members, shown), secret ? Masking.MASK : sorted[i + 1]);
        }
        if (sorted.length > most) {
            members.put(free(members, Masking.MASK), "cut, " + (sorted.length - most) / 2 + " more members");
        }
        return MemberOrder.sorted(members);
    }

    private static String free(Map<String, ?> members, String name) {
        int number = 2;
        String free = name;
        while (members.containsKey(free)) {
            free = name + " (" + number++ + ")";
        }
        return free;
    }
}
