package cloud.enact.cli;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Whoever typed a command, as receipts have it. */
final class Operator {

    private Operator() {}

    static Actor actor() {
        String user = System.getProperty("user.name", "");
        return user.isBlank() ? Actor.anonymous() : new Actor(user, Set.of(), Map.of(), null, null, "operating-system");
    }

    static IdGenerator ids() {
        return IdGenerator.uuidV7(Clock.systemUTC());
    }
}
