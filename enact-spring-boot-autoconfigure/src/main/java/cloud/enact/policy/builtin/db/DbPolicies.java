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
                new BuiltinType(DontDeleteRow.NAME, DontDeleteRow.HARM, List.of(), with -> new DontDeleteRow()),
                new BuiltinType(
                        BoundedChange.DELETE, BoundedChange.DELETE_HARM, List.of(), with -> BoundedChange.ofDelete()),
                new BuiltinType(
                        BoundedChange.UPDATE, BoundedChange.UPDATE_HARM, List.of(), with -> BoundedChange.ofUpdate()),
                new BuiltinType(ProtectTables.NAME, ProtectTables.HARM, List.of("tables"), ProtectTables::new),
                new BuiltinType(BlockDdl.NAME, BlockDdl.HARM, List.of(), with -> new BlockDdl()),
                new BuiltinType(MaxRows.NAME, MaxRows.HARM, List.of("max", "tables"), MaxRows::new));
    }
}
