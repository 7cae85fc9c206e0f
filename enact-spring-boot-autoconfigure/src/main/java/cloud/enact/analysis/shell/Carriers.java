package cloud.enact.analysis.shell;

import java.util.List;

/** Programs that run other commands or code. */
final class Carriers {

    private final List<Carrier> carriers;

    Carriers(Runner runner) {
        this.carriers = List.of(
                new Wrappers(runner)::run,
                new Interpreters(runner)::run,
                new Statements(runner)::run,
                new GitCommands(runner)::run,
                new Finders(runner)::run,
                new Subcommands(runner)::run,
                new Tools(runner)::run,
                new Windows(runner)::run,
                new Shells(runner)::run);
    }

    /** Looks at what a program runs in turn; whether it is such a program. */
    boolean run(Call call, Frame frame) {
        for (Carrier carrier : this.carriers) {
            if (carrier.run(call, frame)) {
                return true;
            }
        }
        return false;
    }

    /** Those of one kind. */
    private interface Carrier {

        boolean run(Call call, Frame frame);
    }
}
