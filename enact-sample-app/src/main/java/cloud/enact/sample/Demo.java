package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Plays the acts, or asks a real model, and says how it ended. */
@Component
final class Demo {

    private static final Log logger = LogFactory.getLog(Demo.class);

    private static final Profiles REAL_MODEL = Profiles.of("openai | anthropic");

    private final DemoProperties properties;

    private final Environment environment;

    private final List<Act> acts;

    private final Stage stage;

    private final Exploration exploration;

    Demo(DemoProperties properties, Environment environment, List<Act> acts, Stage stage, Exploration exploration) {
        this.properties = properties;
        this.environment = environment;
        this.acts = acts;
        this.stage = stage;
        this.exploration = exploration;
    }

    /**
     * How the demo ended.
     *
     * @param line last line to print
     * @param status exit status
     * @param stays whether the application goes on
     */
    record Ending(String line, int status, boolean stays) {}

    Ending run() {
        if (this.properties.skip()) {
            this.exploration.invite(this.stage.terminal(), null, null);
            return new Ending("", 0, true);
        }
        return this.environment.acceptsProfiles(REAL_MODEL) ? ask() : play();
    }

    private Ending play() {
        Terminal terminal = this.stage.terminal();
        List<RunId> runs = new ArrayList<>();
        int number = 0;
        for (Act act : this.acts) {
            number++;
            terminal.plain("Act " + number + ". " + act.title());
            try {
                runs.add(act.play(this.stage));
            } catch (IOException | RuntimeException ex) {
                if (!(ex instanceof UnexpectedException)) {
                    logger.error("Act " + number + " broke off", ex);
                }
                return new Ending("Demo failed: act " + number + ": " + ex.getMessage(), 1, false);
            }
            terminal.blank();
        }
        return end("Demo finished: " + number + " acts, all as expected", runs);
    }

    private Ending ask() {
        String prompt = this.properties.prompt();
        if (prompt == null || prompt.isBlank()) {
            return new Ending("Nothing asked: give the model something to do with --demo.prompt=\"...\"", 1, false);
        }
        Terminal terminal = this.stage.terminal();
        terminal.plain("A real model with the same tools");
        RunId run = this.stage.ask("prompt", prompt);
        this.stage.showReceipts(run);
        terminal.blank();
        return end("Demo finished: 1 prompt", List.of(run));
    }

    private Ending end(String line, List<RunId> runs) {
        if (this.properties.exit()) {
            return new Ending(line, 0, false);
        }
        this.stage.terminal().plain(line);
        this.stage.terminal().blank();
        this.exploration.invite(
                this.stage.terminal(),
                this.stage.latest(runs, RollbackResult.ROLLED_BACK),
                this.stage.latest(runs, RollbackResult.REFUSED));
        return new Ending(line, 0, true);
    }
}
