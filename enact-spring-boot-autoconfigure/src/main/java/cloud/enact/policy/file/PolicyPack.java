package cloud.enact.policy.file;

import cloud.enact.policy.NearestName;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.SourceLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A named list of policies with parameters. A value {@code $name} in the {@code with} of a policy stands for a
 * parameter of the pack; a policy whose parameter has no value is not part of the list.
 *
 * @param name its name
 * @param description what it is for
 * @param parameters its parameters, by name
 * @param specs its policies, with the names of parameters in place of values
 */
public record PolicyPack(String name, String description, Map<String, Parameter> parameters, List<PolicySpec> specs) {

    private static final List<String> KEYS = List.of("description", "parameters", "policies");

    private static final List<String> PARAMETER_KEYS = List.of("description", "default");

    /**
     * A parameter of a pack.
     *
     * @param description what it is for
     * @param defaults its value when none is given, or {@code null}
     */
    public record Parameter(String description, @Nullable Object defaults) {}

    static PolicyPack read(String name, PolicyFile file) {
        Map<String, YamlValue> members = EnactFormat.onlyDocument(file).members("a pack", KEYS);
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        YamlValue declared = members.get("parameters");
        if (declared != null) {
            declared.members("'parameters'").forEach((key, value) -> parameters.put(key, parameter(value)));
        }
        YamlValue description = required(members, "description", file);
        List<PolicySpec> specs = EnactFormat.entries(required(members, "policies", file), name).stream()
                .map(PolicyEntry::spec)
                .toList();
        return new PolicyPack(name, description.text("'description'").strip(), parameters, specs);
    }

    private static Parameter parameter(YamlValue value) {
        Map<String, YamlValue> members = value.members("a parameter", PARAMETER_KEYS);
        YamlValue description = members.get("description");
        YamlValue defaults = members.get("default");
        return new Parameter(
                (description != null) ? description.text("'description'").strip() : "",
                (defaults != null) ? defaults.value() : null);
    }

    private static YamlValue required(Map<String, YamlValue> members, String key, PolicyFile file) {
        YamlValue value = members.get(key);
        if (value == null) {
            throw new PolicyConfigurationException(file.name() + ": the pack has no " + key, "Add it.");
        }
        return value;
    }

    /** The policies of the pack as an entry wants them. */
    List<PolicySpec> specs(PolicyEntry entry) {
        PolicySpec wish = entry.spec();
        requireNothingElse(wish);
        wish.with()
                .keySet()
                .forEach(key -> requireKnown(wish, "with." + key, key, "parameter", this.parameters.keySet()));
        Set<String> names = new TreeSet<>();
        this.specs.forEach(spec -> names.add(nameOf(spec)));
        entry.without().forEach(left -> requireKnown(wish, "without", left, "policy", names));
        List<PolicySpec> chosen = new ArrayList<>();
        for (PolicySpec spec : this.specs) {
            Map<String, @Nullable Object> with = with(spec, wish);
            if (with != null && !entry.without().contains(nameOf(spec))) {
                chosen.add(new PolicySpec(
                        spec.policy(),
                        spec.name(),
                        with,
                        (wish.on() != null) ? wish.on() : spec.on(),
                        (wish.mode() != null) ? wish.mode() : spec.mode(),
                        spec.block(),
                        spec.ask(),
                        spec.reason(),
                        spec.onError(),
                        wish.origin() + ", pack '" + this.name + "'",
                        source(spec, wish.source()),
                        (wish.quorum() != null) ? wish.quorum() : spec.quorum()));
            }
        }
        return chosen;
    }

    /** The lines of the entry that names the pack: nobody can change those of the pack itself. */
    private static @Nullable SourceLines source(PolicySpec spec, @Nullable SourceLines wish) {
        if (wish == null) {
            return null;
        }
        Map<String, Integer> lines = new HashMap<>(wish.keys());
        spec.with().forEach((key, value) -> {
            if (value instanceof String text && text.startsWith("$")) {
                lines.put("with." + key, wish.line("with." + text.substring(1)));
            }
        });
        return new SourceLines(wish.file(), wish.line(), lines);
    }

    /** The parameters of a policy, or {@code null} when one has no value. */
    private @Nullable Map<String, @Nullable Object> with(PolicySpec spec, PolicySpec wish) {
        Map<String, @Nullable Object> with = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends @Nullable Object> entry : spec.with().entrySet()) {
            Object value = entry.getValue();
            if (value instanceof String text && text.startsWith("$")) {
                String parameter = text.substring(1);
                Parameter declared = this.parameters.get(parameter);
                if (declared == null) {
                    throw new IllegalStateException("Pack " + this.name + " does not declare " + parameter);
                }
                value = wish.with().containsKey(parameter) ? wish.with().get(parameter) : declared.defaults();
                if (value == null) {
                    return null;
                }
            }
            with.put(entry.getKey(), value);
        }
        return with;
    }

    private void requireNothingElse(PolicySpec wish) {
        if (wish.policy() != null
                || wish.name() != null
                || wish.block() != null
                || wish.ask() != null
                || wish.reason() != null
                || wish.onError() != null) {
            throw new PolicyConfigurationException(
                    wish.origin() + ": this is the pack '" + this.name + "', which has only with, without, on and mode",
                    "Remove the other keys, or give the policy an entry of its own.");
        }
    }

    private void requireKnown(PolicySpec wish, String key, String wrong, String kind, Set<String> known) {
        if (!known.contains(wrong)) {
            throw new PolicyConfigurationException(
                    wish.origin(key) + ": the pack '" + this.name + "' has no " + kind + " '" + wrong + "'",
                    known.isEmpty() ? "Remove it: the pack has none." : new NearestName(known).hint(wrong));
        }
    }

    private static String nameOf(PolicySpec spec) {
        return (spec.policy() != null) ? spec.policy() : String.valueOf(spec.name());
    }
}
