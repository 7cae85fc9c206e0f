package cloud.enact.policy.builtin;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.PolicyType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalogue of policies that Enact brings along. Immutable and thread-safe. */
public final class BuiltinPolicies {

    private static final Set<String> OFF = Set.of("", "0", "false", "no", "off");

    private final List<PolicyType> types;

    /**
     * Creates the catalogue.
     *
     * @param environment reads a variable of the environment, {@code null} when it is not set; asked for
     *     {@code ENACT_FREEZE} at every decision
     * @param home the user's home directory, absolute, for {@code ~} in paths
     */
    public BuiltinPolicies(Function<String, @Nullable String> environment, String home) {
        BooleanSupplier frozen = () -> isOn(environment.apply("ENACT_FREEZE"));
        this.types = List.of(
                type(DontPushToMain.NAME, DontPushToMain.HARM, List.of("branches"), DontPushToMain::new),
                type(RequireBranchPrefix.NAME, RequireBranchPrefix.HARM, List.of("prefix"), RequireBranchPrefix::new),
                type(ProtectTables.NAME, ProtectTables.HARM, List.of("tables"), ProtectTables::new),
                type(MaxRows.NAME, MaxRows.HARM, List.of("max", "tables"), MaxRows::new),
                type(RestrictPaths.NAME, RestrictPaths.HARM, List.of("allowed"), with -> new RestrictPaths(with, home)),
                type(DontDeleteFile.NAME, DontDeleteFile.HARM, List.of(), with -> new DontDeleteFile()),
                type(
                        BlockExtensions.NAME,
                        BlockExtensions.HARM,
                        List.of("extensions"),
                        with -> new BlockExtensions(with, home)),
                type(RequireActorRole.NAME, RequireActorRole.HARM, List.of("roles"), RequireActorRole::new),
                type(
                        WithinMaintenanceWindow.NAME,
                        WithinMaintenanceWindow.HARM,
                        List.of("start", "end", "zone", "days"),
                        WithinMaintenanceWindow::new),
                type(CodeFreezeActive.NAME, CodeFreezeActive.HARM, List.of("freeze"), with -> {
                    boolean always = with.bool("freeze", false);
                    return new CodeFreezeActive(() -> always || frozen.getAsBoolean());
                }));
    }

    /** The policies, each with its name, the harm it prevents and its parameters. */
    public List<PolicyType> types() {
        return this.types;
    }

    /** Whatever does not clearly say off is on: a freeze that is mistyped still holds. */
    private static boolean isOn(@Nullable String value) {
        return value != null && !OFF.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    private static PolicyType type(
            String name, String harm, List<String> parameters, Function<PolicyParameters, ActionPolicy> maker) {
        return new BuiltinType(name, harm, parameters, maker);
    }

    /** One entry of the catalogue. */
    private record BuiltinType(
            String name, String harm, List<String> parameters, Function<PolicyParameters, ActionPolicy> maker)
            implements PolicyType {

        @Override
        public boolean bounded() {
            return true;
        }

        @Override
        public ActionPolicy create(PolicyParameters with) {
            return this.maker.apply(with);
        }
    }
}
