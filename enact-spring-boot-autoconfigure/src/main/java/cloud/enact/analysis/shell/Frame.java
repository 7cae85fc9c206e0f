package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * The surroundings a command runs in.
 *
 * @param context where it stands
 * @param depth how deep
 * @param wrappers what it is run through, outermost first
 * @param input what it reads
 * @param variables what is known of variables
 */
record Frame(Context context, int depth, List<String> wrappers, Input input, Variables variables) {

    /** How many wrappers may stand around each other. */
    private static final int MOST_WRAPPERS = 16;

    static Frame top() {
        return new Frame(Context.TOP, 0, List.of(), Input.INHERITED, new Variables());
    }

    Frame in(Context inner) {
        return new Frame(lasting(inner), this.depth, this.wrappers, this.input, this.variables);
    }

    Frame deeper(Context inner) {
        return new Frame(lasting(inner), this.depth + 1, this.wrappers, this.input, this.variables.copy());
    }

    /** Nobody waits for what a part of a background command does, either. */
    private Context lasting(Context inner) {
        boolean part = inner == Context.SUBSHELL || inner == Context.CONDITIONAL;
        return (part && this.context == Context.BACKGROUND) ? Context.BACKGROUND : inner;
    }

    Frame through(String wrapper) {
        if (this.wrappers.size() >= MOST_WRAPPERS) {
            throw new NotUnderstoodException("runs commands through too many others");
        }
        List<String> all = new ArrayList<>(this.wrappers);
        all.add(wrapper);
        return new Frame(this.context, this.depth + 1, all, this.input, this.variables);
    }

    Frame reading(Input other) {
        return new Frame(this.context, this.depth, this.wrappers, other, this.variables);
    }

    Frame with(Variables others) {
        return new Frame(this.context, this.depth, this.wrappers, this.input, others);
    }
}
