package cloud.enact.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Set;

/** Something to be asked before it is done. */
@FunctionalInterface
interface Question {

    /** Whether somebody said yes. */
    boolean isAnsweredYes(String question);

    /** Asks who sits at the terminal; where nobody does, the answer is no. */
    static Question atTerminal() {
        return question -> {
            Console terminal = System.console();
            String answer = (terminal != null) ? terminal.readLine("%s [y/N] ", question) : null;
            return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        };
    }
}
