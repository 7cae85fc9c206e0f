package cloud.enact.policy.builtin;

import cloud.enact.analysis.credential.CredentialDetector;
import java.util.List;

/** Looks for credentials in what a call adds. */
public final class Credentials {

    private static final CredentialDetector DETECTOR = new CredentialDetector();

    private Credentials() {}

    /** Whether one of the texts holds a credential. */
    public static boolean areIn(List<String> texts) {
        return texts.stream().anyMatch(text -> !DETECTOR.find(text).isEmpty());
    }
}
