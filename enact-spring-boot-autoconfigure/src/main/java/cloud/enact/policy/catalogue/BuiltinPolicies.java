package cloud.enact.policy.catalogue;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.access.AccessPolicies;
import cloud.enact.policy.builtin.cloud.CloudPolicies;
import cloud.enact.policy.builtin.codingagent.CodingAgentPolicies;
import cloud.enact.policy.builtin.credential.CredentialPolicies;
import cloud.enact.policy.builtin.crm.ContactLookup;
import cloud.enact.policy.builtin.crm.CrmPolicies;
import cloud.enact.policy.builtin.db.DbPolicies;
import cloud.enact.policy.builtin.email.EmailPolicies;
import cloud.enact.policy.builtin.filesystem.FilesystemPolicies;
import cloud.enact.policy.builtin.git.GitPolicies;
import cloud.enact.policy.builtin.prompt.PromptPolicies;
import cloud.enact.policy.builtin.search.SearchPolicies;
import cloud.enact.policy.builtin.slack.SlackPolicies;
import cloud.enact.policy.builtin.time.TimePolicies;
import cloud.enact.policy.builtin.url.UrlPolicies;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue of policies that Enact brings along. Immutable and thread-safe. */
public final class BuiltinPolicies {

    private static final Set<String> OFF = Set.of("", "0", "false", "no", "off");

    private final List<PolicyType> types;

    /**
     * Creates the catalogue of an application without a switch for freezes and without contacts.
     *
     * @param environment reads a variable of the environment, {@code null} when it is not set; asked for
     *     {@code ENACT_FREEZE} at every decision
     * @param home the user's home directory, absolute, for {@code ~} in paths
     */
    public BuiltinPolicies(Function<String, @Nullable String> environment, String home) {
        this(environment, home, () -> false, null);
    }

    /**
     * Creates the catalogue.
     *
     * @param environment reads a variable of the environment, {@code null} when it is not set; asked for
     *     {@code ENACT_FREEZE} at every decision
     * @param home the user's home directory, absolute, for {@code ~} in paths
     * @param freeze tells whether somebody has frozen changes; asked at every decision
     * @param contacts who knows the contacts, asked when a call is judged; {@code null} for nobody
     */
    public BuiltinPolicies(
            Function<String, @Nullable String> environment,
            String home,
            BooleanSupplier freeze,
            @Nullable Supplier<ContactLookup> contacts) {
        BooleanSupplier frozen = () -> isOn(environment.apply("ENACT_FREEZE")) || freeze.getAsBoolean();
        this.types = Stream.of(
                        GitPolicies.types(home),
                        DbPolicies.types(),
                        FilesystemPolicies.types(home),
                        AccessPolicies.types(home),
                        CrmPolicies.types(contacts),
                        TimePolicies.types(frozen),
                        SlackPolicies.types(),
                        EmailPolicies.types(),
                        CloudPolicies.types(),
                        CredentialPolicies.types(),
                        PromptPolicies.types(),
                        SearchPolicies.types(home),
                        UrlPolicies.types(),
                        CodingAgentPolicies.types(home))
                .flatMap(List::stream)
                .toList();
    }

    /** The policies, each with its name, the harm it prevents and its parameters. */
    public List<PolicyType> types() {
        return this.types;
    }

    /** Whatever does not clearly say off is on: a freeze that is mistyped still holds. */
    private static boolean isOn(@Nullable String value) {
        return value != null && !OFF.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
