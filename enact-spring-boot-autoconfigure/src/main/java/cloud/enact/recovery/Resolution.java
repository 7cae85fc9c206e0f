package cloud.enact.recovery;

import cloud.enact.undo.StepProbe.Finding;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an action in doubt is to be settled. */
public enum Resolution {
    /** It took effect. */
    COMPLETED("SUCCEEDED"),
    /** It did not. */
    NOT_DONE("FAILED"),
    /** What it did was taken back. */
    ROLLED_BACK("FAILED"),
    /** Nobody will ever know, or it does not matter. */
    DISMISSED("UNKNOWN"),
    /** As looking says; what looking does not tell stays in doubt. */
    PROBE("UNKNOWN");

    private final String status;

    Resolution(String status) {
        this.status = status;
    }

    /** What is taken for the outcome then. */
    String status() {
        return this.status;
    }

    /** As requests and receipts have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Resolution parse(String text) {
        return Arrays.stream(values())
                .filter(resolution -> resolution.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'outcome' is one of "
                        + Arrays.stream(values()).map(Resolution::word).collect(Collectors.joining(", "))));
    }

    /** Whether somebody who says this has not seen what looking finds. */
    boolean contradicts(Finding finding) {
        return switch (this) {
            case COMPLETED -> finding == Finding.NOT_DONE;
            case NOT_DONE, ROLLED_BACK -> finding == Finding.DONE;
            case DISMISSED, PROBE -> false;
        };
    }
}
