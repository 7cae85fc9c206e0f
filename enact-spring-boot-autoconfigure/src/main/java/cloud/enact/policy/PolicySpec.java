package cloud.enact.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code enact.policies}, or one {@code @Policy} annotation, before it is resolved.
 *
 * @param policy name of a catalogue policy or of an {@link ActionPolicy} bean; or {@code null} for an expression
 * @param name name of an expression policy; or {@code null} for one made up from its place
 * @param with parameters of a catalogue policy: text, numbers, booleans, lists, maps
 * @param on action patterns, comma separated; or {@code null} for the policy's own "applies to"
 * @param mode mode of this policy alone; or {@code null} for the application's
 * @param block CEL expression that blocks when it is true; or {@code null}
 * @param ask CEL expression that asks when it is true; or {@code null}
 * @param reason what to tell when the expression is true; or {@code null}
 * @param onError what to do when the expression can't be evaluated; or {@code null} to block
 * @param origin where it was written, for error messages, such as {@code enact.policies[2]}
 * @param source the file and the lines it was written in, or {@code null} when it does not come from a file
 * @param quorum who has to approve when it asks; or {@code null} for anybody
 */
public record PolicySpec(
        @Nullable String policy,
        @Nullable String name,
        Map<String, ? extends @Nullable Object> with,
        @Nullable String on,
        @Nullable EnactMode mode,
        @Nullable String block,
        @Nullable String ask,
        @Nullable String reason,
        @Nullable OnError onError,
        String origin,
        @Nullable SourceLines source,
        @Nullable Quorum quorum) {

    public PolicySpec {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }

    /** A specification whose expression blocks when it can't be evaluated. */
    public PolicySpec(
            @Nullable String policy,
            @Nullable String name,
            Map<String, ? extends @Nullable Object> with,
            @Nullable String on,
            @Nullable EnactMode mode,
            @Nullable String block,
            @Nullable String ask,
            @Nullable String reason,
            String origin) {
        this(policy, name, with, on, mode, block, ask, reason, null, origin, null, null);
    }

    /** Where one of its keys was written, such as {@code on} or {@code with.tables}. */
    public String origin(String key) {
        return (this.source != null) ? this.source.at(key) : this.origin;
    }

    /** The same policy, found elsewhere. */
    public PolicySpec withOrigin(String origin) {
        return changed(this.mode, origin, null, this.quorum);
    }

    /** The same policy in a mode of its own. */
    public PolicySpec in(EnactMode mode) {
        return changed(mode, this.origin, this.source, this.quorum);
    }

    /** The same policy with what its author says of those who approve: nothing, for anybody. */
    public PolicySpec approvedBy(@Nullable Integer approvers, Collection<String> groups) {
        if (approvers == null && groups.isEmpty()) {
            return this;
        }
        Quorum said;
        try {
            said = new Quorum((approvers != null) ? approvers : 1, Set.copyOf(groups));
        } catch (IllegalArgumentException ex) {
            throw new PolicyConfigurationException(
                    origin("approvers") + ": " + ex.getMessage(),
                    "Set approvers to a number from 1 to " + Quorum.MAX + ".");
        }
        return changed(this.mode, this.origin, this.source, said);
    }

    private PolicySpec changed(
            @Nullable EnactMode mode, String origin, @Nullable SourceLines source, @Nullable Quorum quorum) {
        return new PolicySpec(
                this.policy,
                this.name,
                this.with,
                this.on,
                mode,
                this.block,
                this.ask,
                this.reason,
                this.onError,
                origin,
                source,
                quorum);
    }
}
