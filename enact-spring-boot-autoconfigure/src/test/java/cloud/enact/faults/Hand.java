package cloud.enact.faults;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.ActionOutcome;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thread of a worker: changes files in its directory, run after run, and takes some of the runs back. */
final class Hand implements Runnable {

    private static final int MOST_STEPS = 3;

    private final Enact enact;

    private final Path root;

    private final String directory;

    private final Random random;

    private final FileOutputStream out;

    private final AtomicBoolean stopping;

    Hand(Enact enact, Path root, String directory, Random random, FileOutputStream out, AtomicBoolean stopping) {
        this.enact = enact;
        this.root = root;
        this.directory = directory;
        this.random = random;
        this.out = out;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            goOn();
        } catch (Throwable ex) {
            ex.printStackTrace();
            Report.write(this.out, Report.WRONG, String.valueOf(ex).replaceAll("\\s+", "_"));
        }
    }

    /** Works until it is to stop, or something fails. */
    void goOn() throws IOException {
        while (!this.stopping.get()) {
            work();
        }
    }

    private void work() throws IOException {
        Tree tree = Tree.of(this.root, this.directory);
        String directories = Tree.directories(this.root, this.directory);
        List<List<String>> steps = new ArrayList<>();
        List<String> states = new ArrayList<>(List.of(tree.digest()));
        for (int left = 1 + this.random.nextInt(MOST_STEPS); left > 0; left--) {
            List<String> step = tree.anyStep(this.directory, this.random);
            tree = tree.after(step);
            steps.add(step);
            states.add(tree.digest());
        }
        RunId runId;
        try (OpenRun run = this.enact.openRun("chores")) {
            runId = run.id();
            announce(Report.TRY, runId, directories, states);
            ActionResult result = perform(steps);
            if (!(result.outcome() instanceof ActionOutcome.Succeeded)) {
                throw new IllegalStateException("Not done: " + result);
            }
            acknowledge(Report.DONE, runId);
        }
        if (this.random.nextInt(4) == 0) {
            Collections.reverse(states);
            announce(Report.UNDO, runId, directories, states);
            RollbackReport report = this.enact.rollback(RollbackRequest.of(runId, Worker.ACTOR, null));
            if (report.result() != RollbackResult.ROLLED_BACK && report.result() != RollbackResult.NOTHING_TO_UNDO) {
                throw new IllegalStateException("Not undone: " + report);
            }
            acknowledge(Report.UNDONE, runId);
        }
    }

    private ActionResult perform(List<List<String>> steps) {
        if (steps.size() > 1 || this.random.nextBoolean()) {
            return this.enact.run("chores.work", Worker.ACTOR, Map.of("steps", steps));
        }
        List<String> step = steps.get(0);
        String second = step.get(0).equals("move_file") ? "to" : "content";
        Map<String, String> args =
                (step.size() > 2) ? Map.of("path", step.get(1), second, step.get(2)) : Map.of("path", step.get(1));
        return this.enact.run("filesystem." + step.get(0), Worker.ACTOR, args);
    }

    private void announce(String word, RunId runId, String directories, List<String> states) {
        Report.write(this.out, word, this.directory, runId.toString(), directories, String.join(" ", states));
    }

    private void acknowledge(String word, RunId runId) throws IOException {
        Report.write(
                this.out,
                word,
                this.directory,
                runId.toString(),
                Tree.of(this.root, this.directory).digest());
    }
}
