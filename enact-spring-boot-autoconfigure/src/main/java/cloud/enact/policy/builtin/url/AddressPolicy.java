package cloud.enact.policy.builtin.url;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import org.jspecify.annotations.Nullable;

/** A policy that judges every address a call speaks to. */
abstract class AddressPolicy extends ArgumentPolicy {

    AddressPolicy(String name, String passReason) {
        super(name, passReason);
    }

    @Override
    protected final boolean appliesTo(PolicyInputs inputs) {
        return Addresses.areNamedIn(inputs);
    }

    @Override
    protected final Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.URL)) {
            return block("The address is too long to be one. Use a shorter one.");
        }
        for (Address address : Addresses.in(inputs)) {
            String problem = address.reading().problem();
            if (problem != null) {
                return block("The address " + problem + ". Write it plainly, as https://host.example/path.");
            }
            String objection = objection(address);
            if (objection != null) {
                return block(objection);
            }
        }
        return pass();
    }

    /** What there is against a readable address, with what to do instead; or {@code null}. */
    protected abstract @Nullable String objection(Address address);
}
