package cloud.enact.policy.file;

import cloud.enact.policy.EnactMode;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.SourceLines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the list of policies in a file: the same keys as in {@code enact.policies}. */
final class PolicyEntryReader {

    private static final List<String> KEYS = List.of(
            "policy",
            "pack",
            "name",
            "with",
            "without",
            "on",
            "mode",
            "block",
            "ask",
            "reason",
            "on-error",
            "approvers",
            "groups");

    private final YamlValue entry;

    private final Map<String, YamlValue> members;

    private PolicyEntryReader(YamlValue entry) {
        this.entry = entry;
        this.members = entry.members("a policy", KEYS);
    }

    /** Reads an entry; the name is for an expression that has none. */
    static PolicyEntry read(YamlValue entry, String defaultName) {
        return new PolicyEntryReader(entry).read(defaultName);
    }

    private PolicyEntry read(String defaultName) {
        SourceLines source = source();
        boolean expression = this.members.containsKey("block") || this.members.containsKey("ask");
        String name = text("name");
        PolicySpec spec = new PolicySpec(
                        text("policy"),
                        (name != null || !expression) ? name : defaultName,
                        with(),
                        this.members.containsKey("on") ? String.join(",", texts("on")) : null,
                        choice("mode", EnactMode.class),
                        text("block"),
                        text("ask"),
                        text("reason"),
                        choice("on-error", OnError.class),
                        source.at(""),
                        source,
                        null)
                .approvedBy(number("approvers"), texts("groups"));
        YamlValue without = this.members.get("without");
        if (without != null && !this.members.containsKey("pack")) {
            throw without.wrong("'without' is for a pack", "Remove it, or name a pack.");
        }
        return new PolicyEntry(spec, text("pack"), (without != null) ? texts("without") : List.of());
    }

    private SourceLines source() {
        Map<String, Integer> lines = new HashMap<>();
        this.members.forEach((key, value) -> lines.put(key, value.line()));
        withMembers().forEach((key, value) -> lines.put("with." + key, value.line()));
        return new SourceLines(this.entry.file(), this.entry.line(), lines);
    }

    private Map<String, YamlValue> withMembers() {
        YamlValue with = this.members.get("with");
        return (with != null && !with.isNull()) ? with.members("'with'") : Map.of();
    }

    private Map<String, @Nullable Object> with() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        withMembers().forEach((key, value) -> values.put(key, value.value()));
        return values;
    }

    private List<String> texts(String key) {
        YamlValue value = this.members.get(key);
        return (value != null) ? value.texts("'" + key + "'") : List.of();
    }

    private @Nullable Integer number(String key) {
        YamlValue value = this.members.get(key);
        if (value == null) {
            return null;
        }
        if (value.value() instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw value.wrong("'" + key + "' is not a number", "Write how many people have to approve, such as 2.");
    }

    private @Nullable String text(String key) {
        YamlValue value = this.members.get(key);
        return (value != null) ? value.text("'" + key + "'") : null;
    }

    private <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
        YamlValue value = this.members.get(key);
        if (value == null) {
            return null;
        }
        try {
            return Enum.valueOf(type, value.text("'" + key + "'").strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException ex) {
            boolean mode = type == EnactMode.class;
            throw value.wrong(
                    "'" + key + "' has a value that there is not",
                    mode ? "Write enforce or observe." : "Write block or abstain.");
        }
    }
}
