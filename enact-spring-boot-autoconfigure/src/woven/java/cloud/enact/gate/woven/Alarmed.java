package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An application's own annotation that makes a method a governed one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnactAction("vault.alarm")
public @interface Alarmed {}
