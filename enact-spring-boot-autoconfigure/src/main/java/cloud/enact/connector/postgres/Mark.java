package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedAction;
import cloud.enact.undo.postgres.CapturedTransaction;

/**
 * A governed action's part of a transaction.
 *
 * @param action who is at work
 * @param transaction captures what it changes
 */
record Mark(GovernedAction action, CapturedTransaction transaction) {

    boolean isFor(GovernedAction other) {
        return this.action.actionId().equals(other.actionId());
    }
}
