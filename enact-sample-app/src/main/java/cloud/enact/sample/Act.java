package cloud.enact.sample;

import cloud.enact.action.RunId;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One act of the demo: what the agent is asked, what it does, and what must have come of it. */
interface Act {

    String title();

    /** What a person asks the agent. */
    String prompt();

    /** What the scripted agent does about it. */
    List<Turn> script();

    /** The same for everything the agent is asked, where that is more. */
    default Map<String, List<Turn>> scripts() {
        return Map.of(prompt(), script());
    }

    /**
     * Plays the act.
     *
     * @return the run of the agent's tool calls
     * @throws UnexpectedException when something is not as it should be
     */
    RunId play(Stage stage) throws IOException;
}
