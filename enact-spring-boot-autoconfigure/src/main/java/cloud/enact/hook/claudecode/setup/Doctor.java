package cloud.enact.hook.claudecode.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds ways past the guard: in all settings that hold here, in the version of the agent, and in what answers.
 * For one thread. */
public final class Doctor {

    /** What no settings close. */
    public static final List<String> NEVER_COVERED = List.of(
            "files that a prompt mentions with @: no hook is asked",
            "agents that are started with --bare, --safe-mode or other settings, unless the hooks are managed ones",
            "sub-agents in versions of Claude Code that lose hooks there",
            "settings that the vendor's server or a device management hands out: they can't be read from here",
            "other agents, and people at the same terminal");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String SIMPLE = "CLAUDE_CODE_SIMPLE";

    private final SettingsPlaces places;

    private final GuardAddress address;

    private final @Nullable AgentVersion version;

    private final UnaryOperator<@Nullable String> environment;

    private final List<Finding> findings = new ArrayList<>();

    /**
     * A doctor for one look.
     *
     * @param version that of Claude Code, or {@code null} when nobody knows it
     * @param environment values of environment variables
     */
    public Doctor(
            SettingsPlaces places,
            GuardAddress address,
            @Nullable AgentVersion version,
            UnaryOperator<@Nullable String> environment) {
        this.places = places;
        this.address = address;
        this.version = version;
        this.environment = environment;
    }

    /** What is wrong. Sends a call to the guard, which has to deny it and puts it on record. */
    public List<Finding> look() {
        this.findings.clear();
        List<Layer> layers = Layer.of(this.places, this.findings);
        lookAtVersion();
        List<Layer> counting = counting(layers);
        HookCheck check = new HookCheck(this.address, this.version);
        WantedHooks.EVENTS.forEach(event -> this.findings.addAll(check.findings(event, counting)));
        lookAtList(layers, "allowedHttpHookUrls", this.address.toString());
        lookAtList(layers, "httpHookAllowedEnvVars", WantedHooks.TOKEN);
        lookAtAnswer(layers);
        return List.copyOf(this.findings);
    }

    private void lookAtVersion() {
        AgentVersion known = this.version;
        if (known == null) {
            this.findings.add(Finding.unchecked("Claude Code was not found here, so nobody knows whether its version is"
                    + " at least " + AgentVersion.FAILS_CLOSED + "; say it with --claude-version"));
        } else if (!known.failsClosed()) {
            this.findings.add(
                    Finding.hole("Claude Code " + known + " runs tools when the guard can't be reached; update"
                            + " it to " + AgentVersion.FAILS_CLOSED + " or newer"));
        }
    }

    /** Those whose hooks run at all. */
    private List<Layer> counting(List<Layer> layers) {
        List<Layer> managed = layers.stream().filter(Layer::managed).toList();
        for (Layer layer : managed) {
            if (HookSettings.disabled(layer.settings())) {
                this.findings.add(Finding.hole("'disableAllHooks' in " + layer.file() + " switches all hooks off"));
                return List.of();
            }
        }
        String reason = null;
        for (Layer layer : managed) {
            if (layer.settings().path("allowManagedHooksOnly").asBoolean(false)) {
                reason = "'allowManagedHooksOnly' in " + layer.file() + " overrules the hooks of users and projects";
            }
        }
        Layer switching = layers.stream()
                .filter(layer -> layer.settings().has("disableAllHooks"))
                .findFirst()
                .orElse(null);
        if (reason == null && switching != null && HookSettings.disabled(switching.settings())) {
            reason = "'disableAllHooks' in " + switching.file() + " switches off all hooks but managed ones";
        }
        String simple = value(layers, "env", SIMPLE, this.environment.apply(SIMPLE));
        if (reason == null && simple != null && !simple.isBlank() && !simple.equals("0") && !simple.equals("false")) {
            reason = SIMPLE + " is set, which switches off all hooks but managed ones";
        }
        if (reason == null) {
            return layers;
        }
        boolean lost = layers.stream().anyMatch(layer -> !layer.managed() && asks(layer));
        if (lost && managed.stream().noneMatch(Doctor::asks)) {
            this.findings.add(Finding.hole(reason + ", and the guard is asked by those alone"));
        }
        return managed;
    }

    private static boolean asks(Layer layer) {
        for (JsonNode groups : layer.settings().path("hooks")) {
            for (JsonNode group : groups) {
                for (JsonNode hook : group.path("hooks")) {
                    if (HookSettings.isOfGuard(hook)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A list that narrows hooks: that of the administrator, or else of all others together. */
    private void lookAtList(List<Layer> layers, String name, String needed) {
        List<Layer> saying =
                layers.stream().filter(layer -> layer.settings().has(name)).toList();
        List<Layer> managed = saying.stream().filter(Layer::managed).toList();
        List<Layer> deciding = managed.isEmpty() ? saying : managed;
        boolean allowed = deciding.stream().anyMatch(layer -> {
            for (JsonNode each : layer.settings().get(name)) {
                if (each.isString() && matches(each.asString(), needed)) {
                    return true;
                }
            }
            return false;
        });
        if (!deciding.isEmpty() && !allowed) {
            this.findings.add(Finding.hole("'" + name + "' in "
                    + deciding.stream().map(layer -> layer.file().toString()).collect(Collectors.joining(", "))
                    + " does not allow " + needed + ", so the guard is not asked"));
        }
    }

    /** Whether a text is one that is allowed, where a star stands for anything. */
    private static boolean matches(String allowed, String text) {
        String[] parts = allowed.split("\\*+", -1);
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return text.equals(allowed);
        }
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }

    private void lookAtAnswer(List<Layer> layers) {
        String given = this.environment.apply(WantedHooks.TOKEN);
        String token = value(layers, "env", WantedHooks.TOKEN, given);
        if (token != null && !token.isBlank() && given != null && !token.equals(given)) {
            this.findings.add(Finding.hole("The settings of a file overrule " + WantedHooks.TOKEN
                    + " with another token; take it out of 'env' there"));
        }
        Canary canary = new Canary(this.address, this.places.project().toAbsolutePath(), PATIENCE);
        String objection = objection(token);
        if (token == null || objection != null) {
            this.findings.add(Finding.hole("The environment variable " + WantedHooks.TOKEN + " " + objection));
            canary.objectionToStranger().ifPresent(other -> this.findings.add(Finding.hole(other)));
        } else {
            canary.objection(token).ifPresent(other -> this.findings.add(Finding.hole(other)));
        }
    }

    private static @Nullable String objection(@Nullable String token) {
        if (token == null || token.isBlank()) {
            return "is not set, so the guard denies everything; set it to the token of this installation";
        }
        return token.chars().allMatch(c -> c > ' ' && c < 127)
                ? null
                : "holds blanks or other characters that no token has";
    }

    /** A value as the agent has it: settings overrule the environment. */
    private static @Nullable String value(List<Layer> layers, String member, String name, @Nullable String otherwise) {
        for (Layer layer : layers) {
            JsonNode value = layer.settings().path(member).path(name);
            if (value.isValueNode() && !value.isNull()) {
                return value.asString();
            }
        }
        return otherwise;
    }
}
