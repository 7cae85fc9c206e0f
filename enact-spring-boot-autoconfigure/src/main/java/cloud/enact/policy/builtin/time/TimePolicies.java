package cloud.enact.policy.builtin.time;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The policies about when. */
public final class TimePolicies {

    private TimePolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types(BooleanSupplier frozen) {
        return List.of(
                new BuiltinType(
                        WithinMaintenanceWindow.NAME,
                        WithinMaintenanceWindow.HARM,
                        List.of("start", "end", "zone", "days"),
                        WithinMaintenanceWindow::new),
                new BuiltinType(CodeFreezeActive.NAME, CodeFreezeActive.HARM, List.of("freeze"), with -> {
                    boolean always = with.bool("freeze", false);
                    return new CodeFreezeActive(() -> always || frozen.getAsBoolean());
                }));
    }
}
