package cloud.enact.gate;

import org.springframework.beans.factory.BeanFactory;

/** Leads to a tool through a gate, so that the same gate does not judge its calls twice. */
interface GatedTool {

    /** The bean factory the gate is in: a JVM may have several applications, each with policies of its own. */
    BeanFactory owner();
}
