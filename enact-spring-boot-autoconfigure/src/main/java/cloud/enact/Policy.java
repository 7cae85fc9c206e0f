package cloud.enact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A policy for one governed method: a policy of the catalogue (or an {@code ActionPolicy} bean) by name, or a CEL
 * expression. Exactly one of {@link #value()}, {@link #block()} and {@link #ask()} must be given.
 */
@Documented
@Repeatable(Policy.All.class)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Policy {

    /** Name of the policy, such as {@code db.protect-tables}. */
    String value() default "";

    /** Parameters, each {@code name=value}; a comma separates the elements of a list. */
    String[] with() default {};

    /** CEL expression that blocks the call when it is true. */
    String block() default "";

    /** CEL expression that asks a person when it is true. */
    String ask() default "";

    /** What to tell when the expression is true: what, why, what instead. */
    String reason() default "";

    /** How many people have to approve when it asks. */
    int approvers() default 1;

    /** Groups of which each of them has to be in one; none for anybody. */
    String[] groups() default {};

    /** Several policies on one method. */
    @Documented
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {

        Policy[] value();
    }
}
