package cloud.enact.policy.builtin.cloud;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;

/**
 * Asks a person before anything is taken away from a cloud. What the call itself says about an approval counts for
 * nothing.
 */
final class DontDeleteWithoutHumanOk extends ArgumentPolicy {

    static final String NAME = "cloud.dont-delete-without-human-ok";

    static final String HARM = "Something that only a cloud keeps is gone before anybody could object.";

    DontDeleteWithoutHumanOk() {
        super(NAME, "Nothing is deleted.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return CloudDeletion.isOnCloud(inputs) || CloudDeletion.isInCommandLine(inputs);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        return (CloudDeletion.isDeletion(inputs) || CloudDeletion.isInCommandLine(inputs))
                ? ask("The call takes something away that a cloud keeps, which a person must approve. Wait for the"
                        + " answer, or leave it where it is.")
                : pass();
    }
}
