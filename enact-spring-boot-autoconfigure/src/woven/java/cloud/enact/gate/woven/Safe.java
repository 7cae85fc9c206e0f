package cloud.enact.gate.woven;

import cloud.enact.EnactAction;
import org.springframework.ai.tool.annotation.Tool;

/** A bean of a final class. */
public final class Safe {

    @Tool(description = "Opens the safe")
    @EnactAction("safe.open")
    public String openSafe(String code) {
        return "open with " + code;
    }
}
