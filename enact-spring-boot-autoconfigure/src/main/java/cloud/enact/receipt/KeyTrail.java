package cloud.enact.receipt;

import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log from entry to entry and knows which key is in force: another one may sign only from a KEY receipt on
 * that both keys signed. Not thread-safe.
 */
final class KeyTrail {

    private final ReceiptKeys keys;

    /** {@code null} where any key may begin. */
    private @Nullable String kid;

    private @Nullable String alg;

    KeyTrail(ReceiptKeys keys) {
        this.keys = keys;
    }

    /** What is wrong with an entry's key. */
    record Finding(VerificationState state, String detail) {}

    /** A trail that stands where this one does, to go on by itself. */
    KeyTrail copy() {
        KeyTrail copy = new KeyTrail(this.keys);
        copy.kid = this.kid;
        copy.alg = this.alg;
        return copy;
    }

    /** Goes on from an entry that was checked, or stands before those that are to be. */
    void startAt(String kid, String alg) {
        this.kid = kid;
        this.alg = alg;
    }

    /** Id of the key in force, once one is known. */
    String kid() {
        return Objects.requireNonNull(this.kid);
    }

    /** Its algorithm. */
    String alg() {
        return Objects.requireNonNull(this.alg);
    }

    /** Forgets the key in force: something that was reported on its own may have hidden a change. */
    void lose() {
        this.kid = null;
        this.alg = null;
    }

    /**
     * Looks at the next entry.
     *
     * @param entry the entry
     * @param state what the check of its form and signature found
     * @return what is wrong with its key, or {@code null}
     */
    @Nullable
    Finding follow(Receipt entry, VerificationState state) {
        if (state != VerificationState.VALID && state != VerificationState.UNKNOWN_KEY) {
            lose();
            return null;
        }
        ReceiptHeader header = entry.header();
        if (KeyChange.isIn(entry)) {
            Finding finding = judge(entry);
            startAt(header.kid(), header.alg());
            return finding;
        }
        if (this.kid == null) {
            startAt(header.kid(), header.alg());
            return null;
        }
        if (header.kid().equals(this.kid) && header.alg().equals(this.alg) || state == VerificationState.UNKNOWN_KEY) {
            return null;
        }
        return new Finding(
                VerificationState.KEY_NOT_IN_FORCE,
                "it is signed with key '" + header.kid() + "' although '" + this.kid
                        + "' was in force: with a retired key, or with a new one that no KEY receipt introduced");
    }

    private @Nullable Finding judge(Receipt entry) {
        KeyChange change = KeyChange.in(entry);
        if (change == null || entry.seq() == 1) {
            return unproven("it does not say from where on it stands which key follows which");
        }
        if (this.kid != null
                && !(change.formerKid().equals(this.kid) && change.formerAlg().equals(this.alg))) {
            return unproven("it replaces key '" + change.formerKid() + "' although '" + this.kid + "' was in force");
        }
        if (!Objects.equals(change.publicKey(), this.keys.publicKey(change.kid()))
                && this.keys.ids().contains(change.kid())) {
            return unproven("it shows another public key than is configured as '" + change.kid() + "'");
        }
        return judgeConsent(change);
    }

    private @Nullable Finding judgeConsent(KeyChange change) {
        String former = change.formerKid();
        if (this.keys.isLost(former)) {
            return null;
        }
        if (change.consent() == null) {
            return unproven("the former key '" + former + "' did not sign it; if that key was lost and you know of"
                    + " it, name it in enact.signing.lost-keys");
        }
        return switch (this.keys.check(former, change.formerAlg(), change.statement(), signature(change.consent()))) {
            case VALID -> null;
            case BAD_SIGNATURE -> unproven("the signature of the former key '" + former + "' in it does not fit");
            case UNKNOWN_KEY ->
                new Finding(
                        VerificationState.UNKNOWN_KEY,
                        "the former key '" + former
                                + "', which signed it, too, is not configured; add it to the verification keys");
        };
    }

    private static byte[] signature(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException ex) {
            return new byte[0];
        }
    }

    private static Finding unproven(String detail) {
        return new Finding(VerificationState.UNPROVEN_KEY, detail);
    }
}
