package cloud.enact.policy.builtin.crm;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import cloud.enact.policy.builtin.LookBack;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policies about customers. */
public final class CrmPolicies {

    private CrmPolicies() {}

    /**
     * The policies, in the order of the catalogue.
     *
     * @param contacts asked when a call is judged; {@code null} when the application has none
     */
    public static List<PolicyType> types(@Nullable Supplier<ContactLookup> contacts) {
        return List.of(
                new DuplicatesType(contacts),
                new BuiltinType(
                        LimitTasksPerContact.NAME,
                        LimitTasksPerContact.HARM,
                        List.of(LimitTasksPerContact.MAX, LookBack.WINDOW),
                        LimitTasksPerContact::new));
    }

    /** The only one whose work the application bounds. */
    private record DuplicatesType(@Nullable Supplier<ContactLookup> contacts) implements PolicyType {

        @Override
        public String name() {
            return DontDuplicateContacts.NAME;
        }

        @Override
        public String harm() {
            return DontDuplicateContacts.HARM;
        }

        @Override
        public List<String> parameters() {
            return List.of();
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return new DontDuplicateContacts(with, this.contacts);
        }
    }
}
