package cloud.enact.gate;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * The door of AspectJ, for those who weave at compile time or load time: reaches private, final, static and
 * self-invoked methods, and objects made with {@code new}. A call that came through a Spring proxy is not judged twice.
 *
 * <p>AspectJ makes one instance per class loader; a running application attaches its gate to it. While none is
 * attached, governed methods refuse to run.
 */
@Aspect
public class EnactAspect {

    private static final EnactAspect SOLE = new EnactAspect();

    private final List<Doors> attached = new CopyOnWriteArrayList<>();

    private EnactAspect() {}

    /** The instance woven code asks for; the AspectJ compiler adds this method only to aspects it compiles itself. */
    public static EnactAspect aspectOf() {
        return SOLE;
    }

    /** Whether there is an instance: always. */
    public static boolean hasAspect() {
        return true;
    }

    /** Brings every governed method of woven classes to the gate. */
    @Around("execution(@cloud.enact.EnactAction * *(..)) || execution(@(@cloud.enact.EnactAction *) * *(..))")
    public @Nullable Object govern(ProceedingJoinPoint call) throws Throwable {
        Method method = ((MethodSignature) call.getSignature()).getMethod();
        List<Doors> doors = List.copyOf(this.attached);
        if (doors.isEmpty()) {
            throw new IllegalStateException("Action method " + ActionDefinitions.describe(method)
                    + " was called while no Enact gate is running; start the application context first.");
        }
        // the newest application wins, as with any JVM-wide facility
        return doors.get(doors.size() - 1)
                .method(
                        ActionDefinitions.specific(method, method.getDeclaringClass()),
                        call.getTarget(),
                        call.getArgs(),
                        Door.WOVEN,
                        arguments -> call.proceed(arguments));
    }

    void attach(Doors doors) {
        this.attached.add(doors);
    }

    void detach(Doors doors) {
        this.attached.remove(doors);
    }
}
