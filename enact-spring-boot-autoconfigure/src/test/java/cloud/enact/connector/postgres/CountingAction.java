package cloud.enact.connector.postgres;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.GovernedAction;
import java.time.Clock;
import java.util.UUID;

/** An action that counts what is left to do when it ends. */
final class CountingAction implements GovernedAction {

    private final UUID id = IdGenerator.uuidV7(Clock.systemUTC()).next();

    private int left;

    int left() {
        return this.left;
    }

    @Override
    public RunId runId() {
        return new RunId(this.id);
    }

    @Override
    public UUID actionId() {
        return this.id;
    }

    @Override
    public String name() {
        return "shop.count";
    }

    @Override
    public Reversibility reversibility() {
        return Reversibility.REVERSIBLE;
    }

    @Override
    public void beforeEnd(Runnable work) {
        this.left++;
    }
}
