package cloud.enact.policy.builtin.credential;

import cloud.enact.action.Reversibility;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.NamedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person when a credential is used for something else than its label says: another kind of thing, another
 * environment, or a change where it is for reading. Labels stand in the arguments or, better, among the attributes of
 * the authenticated actor.
 */
final class PauseOnResourcePurposeMismatch extends ArgumentPolicy {

    static final String NAME = "credential.pause-on-resource-purpose-mismatch";

    static final String HARM = "A credential made for one thing destroys another that it happens to reach.";

    private static final int LONGEST = 300;

    private static final int LONGEST_NAME = 60;

    private static final Set<String> HOLDERS =
            Set.of("credential credentials token apikey apitoken accesstoken serviceaccount key".split(" "));

    private static final Set<String> LABELS =
            Set.of("purpose scope scopes environment env name label description access role permission permissions"
                    .split(" "));

    /** Labels of the actor may leave out whose they are. */
    private static final Set<String> OF_ACTOR = Set.of("purpose", "environment", "env", "access");

    private static final Set<String> RESOURCES =
            Set.of(("resource resources resourcetarget resourcename resourcetype resourceid resourceenvironment target "
                            + "targetresource targetenvironment environment env stage database databasename dbname db "
                            + "host hostname cluster clustername project projectname bucket bucketname volume "
                            + "volumename instance instancename namespace server url endpoint arn table service app")
                    .split(" "));

    private static final Set<String> CHANGES =
            Set.of(("delete remove drop destroy terminate create update write insert put post patch deploy set modify "
                            + "change grant revoke push send truncate rename move purge wipe restart stop scale "
                            + "apply execute upload add edit replace reset upsert merge alter")
                    .split(" "));

    PauseOnResourcePurposeMismatch() {
        super(NAME, "The credential is used for what its label says, as far as it says anything.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return !labels(inputs).isEmpty();
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<String> named =
                texts(NamedValues.of(inputs.request().args(), name -> RESOURCES.contains(name) && !isLabel(name)));
        ActionWords words = inputs.words();
        List<String> changed = new ArrayList<>(named);
        named.add(inputs.request().action());
        Purpose resource = Purpose.of(named);
        for (String label : labels(inputs)) {
            Purpose purpose = Purpose.of(List.of(label));
            String mismatch = purpose.mismatch(resource);
            if (mismatch == null && purpose.readOnly() && changes(inputs, words, changed)) {
                mismatch = "reading, and the call changes something";
            }
            if (mismatch != null) {
                return ask("The credential is for " + mismatch + ". Use a credential made for the resource, or wait"
                        + " for a person to decide.");
            }
        }
        return pass();
    }

    private static boolean changes(PolicyInputs inputs, ActionWords words, List<String> resources) {
        if (inputs.request().reversibility() == Reversibility.READ_ONLY || words.isRead()) {
            return false;
        }
        return words.indexInOperation(CHANGES) >= 0
                || resources.stream()
                        .anyMatch(text -> ActionWords.of(text.replace(' ', '_')).hasAny(CHANGES));
    }

    private static List<String> labels(PolicyInputs inputs) {
        List<String> labels = new ArrayList<>();
        Map<String, @Nullable Object> attributes = inputs.request().actor().attributes();
        labels.addAll(labels(inputs.request().args()));
        labels.addAll(labels(attributes));
        labels.addAll(texts(NamedValues.of(attributes, OF_ACTOR::contains)));
        return labels;
    }

    private static List<String> labels(Map<String, @Nullable Object> values) {
        List<String> labels = texts(NamedValues.of(values, PauseOnResourcePurposeMismatch::isLabel));
        for (Object holder : NamedValues.of(values, HOLDERS::contains)) {
            if (holder instanceof String name && isName(name)) {
                labels.add(name);
            } else if (holder instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    if (LABELS.contains(NormalizedText.compact(String.valueOf(name)))) {
                        labels.addAll(texts(List.of(NamedValues.texts(value))));
                    }
                });
            }
        }
        return labels;
    }

    /** {@code credential_purpose}, {@code tokenEnvironment} and the like; a credential itself is never looked at. */
    private static boolean isLabel(String name) {
        for (String holder : HOLDERS) {
            if (name.startsWith(holder) && LABELS.contains(name.substring(holder.length()))) {
                return true;
            }
        }
        return name.equals("serviceaccount") || name.equals("awsprofile") || name.equals("credentialid");
    }

    /** A credential is named by plain words, as {@code staging-deployer}; what may be the secret itself is not read. */
    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME
                && text.chars().noneMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            for (String text : NamedValues.texts(value)) {
                if (text.length() <= LONGEST) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
