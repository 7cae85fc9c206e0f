package cloud.enact.connector.postgres;

import cloud.enact.undo.GovernedAction;

/**
 * The mark of a governed action on a transaction.
 *
 * @param action who is at work
 * @param id the marker's id in the database
 * @param secret takes the mark off again; whoever runs statements in the transaction does not know it
 */
record Mark(GovernedAction action, long id, String secret) {

    boolean isFor(GovernedAction other) {
        return this.action.actionId().equals(other.actionId());
    }
}
