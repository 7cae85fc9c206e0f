package cloud.enact.policy.builtin.crm;

import cloud.enact.policy.ActionWords;
import java.util.Set;

/** Tells what an action does in a system of customers, by its name. */
final class CrmActions {

    private static final Set<String> MAKES = Set.of(
            "create add insert new import register make schedule log assign open save put post batch bulk".split(" "));

    private static final Set<String> CONTACTS =
            Set.of(("contact contacts lead leads customer customers person people subscriber subscribers prospect "
                            + "prospects client clients")
                    .split(" "));

    private static final Set<String> TASKS =
            Set.of(("task tasks todo todos followup followups reminder reminders activity activities engagement "
                            + "engagements follow")
                    .split(" "));

    private CrmActions() {}

    static boolean makeContact(ActionWords words) {
        return makes(words, CONTACTS) && words.indexInOperation(TASKS) < 0;
    }

    static boolean makeTask(ActionWords words) {
        return makes(words, TASKS);
    }

    private static boolean makes(ActionWords words, Set<String> things) {
        return !words.isRead() && words.indexInOperation(MAKES) >= 0 && words.hasAny(things);
    }
}
