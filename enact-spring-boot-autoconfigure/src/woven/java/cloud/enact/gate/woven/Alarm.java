package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A plain object with an annotation of the application's own, and with a result that is not there yet. */
public class Alarm {

    private final AtomicInteger rung = new AtomicInteger();

    @Alarming
    public final int ring() {
        return this.rung.incrementAndGet();
    }

    @EnactAction("alarm.ring_later")
    public Mono<Integer> ringLater() {
        return Mono.fromCallable(this.rung::incrementAndGet);
    }

    public int rung() {
        return this.rung.get();
    }

    /** Makes a method a governed one. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @EnactAction("alarm.ring")
    public @interface Alarming {}
}
