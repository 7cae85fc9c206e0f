package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import java.util.concurrent.atomic.AtomicInteger;

/** A bean that is proxied and woven: its calls pass two doors. */
class WovenBean {

    private final AtomicInteger runs = new AtomicInteger();

    @EnactAction("woven.bean")
    public String act(String what) {
        this.runs.incrementAndGet();
        return "done " + what;
    }

    @EnactAction("woven.again")
    public int again(int times) {
        this.runs.incrementAndGet();
        return (times > 0) ? again(times - 1) : 0;
    }

    int runs() {
        return this.runs.get();
    }

    /** A class no proxy can be made of, whose governed methods are all woven. */
    static final class Sealed {

        @EnactAction("woven.sealed")
        public String act() {
            return "sealed";
        }
    }
}
