package cloud.enact.receipt;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Checks entries by themselves and in their places, and tells what is wrong with them. */
final class EntryCheck {

    private static final String NO_PREDECESSOR = "0".repeat(64);

    private final ReceiptKeys keys;

    EntryCheck(ReceiptKeys keys) {
        this.keys = keys;
    }

    /** Checks form, signature and key. */
    void check(Receipt entry, KeyTrail trail, Findings findings) {
        VerificationState state = this.keys.stateOf(entry);
        if (state == VerificationState.MALFORMED) {
            findings.add(entry, state, "it can't be read: " + entry.damage());
        } else if (state == VerificationState.BAD_SIGNATURE) {
            findings.add(entry, state, "its signature does not fit: it was altered or forged");
        } else if (state == VerificationState.UNKNOWN_KEY) {
            findings.add(
                    entry,
                    state,
                    "it is signed with key '" + entry.header().kid()
                            + "', which is not configured; add it to the verification keys");
        }
        KeyTrail.Finding finding = trail.follow(entry, state);
        if (finding != null) {
            findings.add(entry, finding);
        }
    }

    /**
     * Checks that an entry continues the one before it.
     *
     * @param previous hash of that one, or {@code null} when it is not there
     */
    void checkLink(@Nullable String previous, Receipt entry, Findings findings) {
        if (entry.damage() != null) {
            return;
        }
        String prev = entry.header().prev();
        if (entry.seq() == 1) {
            if (!prev.equals(NO_PREDECESSOR)) {
                findings.add(entry, VerificationState.BROKEN_CHAIN, "it is first but names an entry before it");
            }
        } else if (previous == null) {
            findings.add(entry, VerificationState.BROKEN_CHAIN, "the entry before it is missing");
        } else if (!prev.equals(previous)) {
            findings.add(
                    entry,
                    VerificationState.BROKEN_CHAIN,
                    "it does not continue entry " + (entry.seq() - 1) + " as that stands now");
        }
    }

    /** Hash of an entry as the next one carries it. */
    static @Nullable String hash(@Nullable Receipt entry) {
        return (entry != null) ? HexFormat.of().formatHex(entry.hash()) : null;
    }
}
