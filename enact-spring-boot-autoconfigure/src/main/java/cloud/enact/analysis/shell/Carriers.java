package cloud.enact.analysis.shell;

/** Programs that run other commands or code. */
final class Carriers {

    private final Wrappers wrappers;

    private final Shells shells;

    Carriers(Runner runner) {
        this.wrappers = new Wrappers(runner);
        this.shells = new Shells(runner);
    }

    /** Looks at what a program runs in turn; whether it is such a program. */
    boolean run(Call call, Frame frame) {
        return this.wrappers.run(call, frame) || this.shells.run(call, frame);
    }
}
