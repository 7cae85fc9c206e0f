package cloud.enact.receipt;

/** Hears what the verification in the background found, on its thread. An exception of it changes nothing. */
@FunctionalInterface
public interface VerificationListener {

    /** A pass ended, with or without problems. */
    void verified(VerificationReport report);
}
