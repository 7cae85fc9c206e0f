package cloud.enact.policy.builtin.access;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about who asks. */
public final class AccessPolicies {

    private AccessPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types(String home) {
        return List.of(
                new BuiltinType(
                        ContractorCannotWritePii.NAME,
                        ContractorCannotWritePii.HARM,
                        List.of("role", "fields"),
                        ContractorCannotWritePii::new),
                new BuiltinType(
                        RequireRole.ACTOR,
                        RequireRole.HARM,
                        List.of("roles"),
                        with -> new RequireRole(RequireRole.ACTOR, with)),
                new BuiltinType(
                        RequireRole.USER,
                        RequireRole.HARM,
                        List.of("roles"),
                        with -> new RequireRole(RequireRole.USER, with)),
                new BuiltinType(
                        DontReadSensitiveTables.NAME,
                        DontReadSensitiveTables.HARM,
                        List.of("tables"),
                        DontReadSensitiveTables::new),
                new BuiltinType(
                        DontReadSensitivePaths.NAME,
                        DontReadSensitivePaths.HARM,
                        List.of("paths"),
                        with -> new DontReadSensitivePaths(with, home)),
                new BuiltinType(
                        RequireClearanceForPath.NAME,
                        RequireClearanceForPath.HARM,
                        List.of("paths", "min"),
                        with -> new RequireClearanceForPath(with, home)));
    }
}
