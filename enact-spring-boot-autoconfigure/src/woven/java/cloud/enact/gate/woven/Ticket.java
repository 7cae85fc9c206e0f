package cloud.enact.gate.woven;

import cloud.enact.EnactAction;

/** A record with a governed method. */
public record Ticket(String owner) {

    @EnactAction("ticket.refund")
    public String refund(long amount) {
        return this.owner + " gets " + amount;
    }
}
