package cloud.enact.policy.builtin.db;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about databases. */
public final class DbPolicies {

    private DbPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(ProtectTables.NAME, ProtectTables.HARM, List.of("tables"), ProtectTables::new),
                new BuiltinType(MaxRows.NAME, MaxRows.HARM, List.of("max", "tables"), MaxRows::new));
    }
}
