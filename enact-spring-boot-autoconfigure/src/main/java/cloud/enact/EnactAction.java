package cloud.enact;

import cloud.enact.action.Reversibility;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A governed method: every call is judged before it runs, recorded, and part of a run that can be rolled back.
 *
 * <p>On a Spring bean's method it works by itself. On private, final, static or self-invoked methods, and on objects
 * made with {@code new}, it needs AspectJ weaving; start-up refuses a method that no gate can reach.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface EnactAction {

    /** Name of the action, {@code system.operation}. Empty: the tool's own name, else the method's. */
    String value() default "";

    /** Whether the action can be taken back. Empty: as its steps say, and {@code IRREVERSIBLE} without any. */
    Reversibility[] reversibility() default {};

    /**
     * Name of a method of the same bean that returns what the action is about to change. It is called before the
     * action, after it, and again at rollback, with arguments bound by name.
     */
    String capture() default "";

    /**
     * Name of a method of the same bean that takes the action back. Its arguments are bound by name from the call's
     * arguments, from {@code result} (what the action returned) and {@code captured} (what {@link #capture()}
     * returned before the action).
     */
    String undo() default "";
}
