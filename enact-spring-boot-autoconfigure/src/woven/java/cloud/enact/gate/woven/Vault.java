package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A plain object whose governed methods no proxy would ever see. */
public class Vault {

    private final AtomicInteger turns = new AtomicInteger();

    /** Calls a governed method that is private. */
    public int open() {
        return turn("left");
    }

    @EnactAction("vault.turn")
    private int turn(String direction) {
        return this.turns.incrementAndGet();
    }

    @EnactAction("vault.lock")
    public final String lock(String code) {
        return "locked with " + code;
    }

    @EnactAction("vault.count")
    public static int count(int vaults) {
        return vaults;
    }

    /** A governed method that calls another one of the same object. */
    @EnactAction("vault.empty")
    public String empty() {
        return lock("0000");
    }

    @EnactAction("vault.open_later")
    public Mono<Integer> openLater() {
        return Mono.fromCallable(this.turns::incrementAndGet);
    }

    @Alarmed
    public final String alarm() {
        return "loud";
    }

    public int turns() {
        return this.turns.get();
    }
}
