package cloud.enact.receipt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what came of each step of a rollback: all of them, whatever their words. For one receipt. */
final class ReversedJson {

    /** Bytes each step may take even when the others used up what all of them may take. */
    private static final int SHORT_BLOCK = 1536;

    /** Bytes of one text, so that no step is ever cut out for its length. */
    private static final int MAX_TEXT = 300;

    private static final String CUT = "cut, too large for a receipt";

    private final Masking masking;

    private final JsonBytes out;

    private final MaskedJson masked;

    ReversedJson(Masking masking, JsonBytes out, MaskedJson masked) {
        this.masking = masking;
        this.out = out;
        this.masked = masked;
    }

    void write(List<Map<String, @Nullable Object>> restorations) {
        int budget = this.masking.limits().block();
        this.out.raw(",\"actions_reversed\":[");
        String separator = "";
        for (Map<String, @Nullable Object> restoration : restorations) {
            Map<String, @Nullable Object> shortened = new LinkedHashMap<>();
            restoration.forEach((name, value) ->
                    // half a credential is none that anybody finds: they are taken out before anything is cut
                    shortened.put(name, (value instanceof String text) ? cut(this.masking.credentials(text)) : value));
            budget -= block(shortened, Math.max(SHORT_BLOCK, budget), separator);
            separator = ",";
        }
        this.out.raw(']');
    }

    /** What a step made goes before what later rollbacks need to know of it. */
    private int block(Map<String, @Nullable Object> restoration, int budget, String separator) {
        int start = this.out.length();
        int length = this.masked.block(restoration, budget, separator);
        if (this.masked.removed()) {
            this.out.rewind(start);
            restoration.replaceAll((name, value) -> (value instanceof Map || value instanceof List) ? CUT : value);
            length = this.masked.block(restoration, budget, separator);
        }
        return length;
    }

    /** Counts every character that JSON may have to escape as if it were escaped. */
    private static String cut(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += (c >= ' ' && c < 127 && c != '"' && c != '\\') ? 1 : 6;
            if (bytes > MAX_TEXT) {
                return text.substring(0, i) + "…";
            }
        }
        return text;
    }
}
