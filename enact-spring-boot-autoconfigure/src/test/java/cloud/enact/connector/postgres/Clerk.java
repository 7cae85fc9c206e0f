package cloud.enact.connector.postgres;

import cloud.enact.EnactAction;
import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepResult;
import org.springframework.transaction.annotation.Transactional;

/** A bean of an application that works with a connector. */
class Clerk {

    private final PostgresConnector connector;

    Clerk(PostgresConnector connector) {
        this.connector = connector;
    }

    @EnactAction("clerk.work")
    public StepResult work(Work work) {
        return work.with(this.connector);
    }

    @EnactAction("clerk.work_together")
    @Transactional
    public StepResult workTogether(Work work) {
        return work.with(this.connector);
    }

    @EnactAction(value = "clerk.look", reversibility = Reversibility.READ_ONLY)
    public StepResult look(Work work) {
        return work.with(this.connector);
    }

    /** What the bean is asked to do. */
    interface Work {

        StepResult with(PostgresConnector connector);
    }
}
