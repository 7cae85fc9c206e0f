package cloud.enact.policy.builtin.crm;

import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.NamedValues;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Blocks a contact that there is already, by its e-mail address. */
final class DontDuplicateContacts extends ArgumentPolicy {

    static final String NAME = "crm.dont-duplicate-contacts";

    static final String HARM = "One person becomes two in the books, and each knows half.";

    private static final int MOST = 50;

    private static final Set<String> FIELDS =
            Set.of("email emails emailaddress emailaddresses mail contactemail workemail primaryemail personalemail"
                    .split(" "));

    private final Supplier<ContactLookup> contacts;

    DontDuplicateContacts(PolicyParameters with, @Nullable Supplier<ContactLookup> contacts) {
        super(NAME, "There is no such contact yet.");
        if (contacts == null) {
            throw new PolicyConfigurationException(
                    with.origin() + ": policy '" + NAME + "' has nobody to ask which contacts there are",
                    "Register a bean of type " + ContactLookup.class.getName() + ".");
        }
        this.contacts = contacts;
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return CrmActions.makeContact(inputs.words());
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        Set<String> addresses = new LinkedHashSet<>();
        for (Object value : NamedValues.of(inputs.request().args(), FIELDS::contains)) {
            for (String text : NamedValues.texts(value)) {
                String address = NormalizedText.of(text).toLowerCase(Locale.ROOT);
                if (!address.isBlank()) {
                    addresses.add(address);
                }
            }
        }
        if (addresses.size() > MOST) {
            return block("The call makes more than " + MOST + " contacts. Split it into smaller calls.");
        }
        for (String address : addresses) {
            if (this.contacts.get().exists(address)) {
                return block("There is a contact with the address " + quoted(address)
                        + " already. Update that one, or add another person.");
            }
        }
        return pass();
    }
}
