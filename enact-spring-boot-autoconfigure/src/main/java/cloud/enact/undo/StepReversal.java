package cloud.enact.undo;

import cloud.enact.action.Arguments;
import cloud.enact.action.Reversibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The undoing of a step, told as a step of its own, so that it can be undone as well: what was undone by mistake is
 * done again.
 *
 * @param operation an operation whose undo the connector knows; it need not be one that can be called
 * @param args what undoing it needs of its arguments
 * @param reversibility whether it can be taken back
 * @param capture what is there before the step is undone, and what will be there afterwards
 */
public record StepReversal(
        String operation, Map<String, @Nullable Object> args, Reversibility reversibility, Capture capture) {

    public StepReversal {
        args = Arguments.freeze(args);
    }
}
