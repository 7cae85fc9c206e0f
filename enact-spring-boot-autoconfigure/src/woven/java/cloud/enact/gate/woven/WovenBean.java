package cloud.enact.gate.woven;

import cloud.enact.EnactAction;

/** A bean that is proxied and woven: its own calls of itself pass one door only. */
class WovenBean {

    @EnactAction("woven.again")
    public int again(int times) {
        return (times > 0) ? again(times - 1) : 0;
    }

    /** A class no proxy can be made of, whose governed methods are all woven. */
    static final class Sealed {

        @EnactAction("woven.sealed")
        public String act() {
            return "sealed";
        }
    }
}
