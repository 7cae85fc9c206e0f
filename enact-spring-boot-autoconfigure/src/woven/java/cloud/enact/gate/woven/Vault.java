package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.util.ArrayList;
import java.util.List;

/** Methods that no proxy reaches, in a class that nobody makes a bean of. */
final class Vault {

    private static final List<String> OPENED = new ArrayList<>();

    static List<String> opened() {
        return OPENED;
    }

    String selfInvoked() {
        return hidden("by itself");
    }

    @EnactAction("vault.hidden")
    private String hidden(String why) {
        OPENED.add("hidden " + why);
        return "hidden";
    }

    @EnactAction("vault.locked")
    @Policy(block = "args.why == 'theft'", reason = "Ask the owner.")
    final String locked(String why) {
        OPENED.add("locked " + why);
        return "locked";
    }

    @EnactAction("vault.shared")
    static String shared(int number) {
        OPENED.add("shared " + number);
        return "shared " + number;
    }

    /** A record can't be proxied at all. */
    record Key(String name) {

        @EnactAction("vault.turn")
        String turn() {
            OPENED.add("turned " + this.name);
            return this.name;
        }
    }
}
