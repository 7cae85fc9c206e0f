package cloud.enact.hook.undo;

import cloud.enact.connector.filesystem.CaptureLimits;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.filesystem.FilesystemRoots;
import cloud.enact.connector.filesystem.KeptFiles;
import cloud.enact.connector.filesystem.OutsideWork;
import cloud.enact.connector.filesystem.OutsideWork.Left;
import cloud.enact.connector.filesystem.OutsideWork.Trace;
import cloud.enact.gate.OutsideChanges;
import cloud.enact.hook.AgentCall;
import cloud.enact.hook.AgentTool;
import cloud.enact.hook.CallChanges;
import cloud.enact.hook.ToolKind;
import cloud.enact.undo.StepOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the files below some directories that calls of agents change. Thread-safe. */
public final class AgentFiles implements CallChanges {

    /** Name under which the undo log keeps the changes. */
    public static final String CONNECTOR = "agent_files";

    /** How many paths of one call are looked at whose content is kept already: each has a record of its own. */
    private static final int MOST_PATHS = 5000;

    private final FilesystemRoots roots;

    private final UndoSettings settings;

    /**
     * Makes one.
     *
     * @param roots the directories, by connectors of the name {@link #CONNECTOR}
     */
    public AgentFiles(FilesystemRoots roots, UndoSettings settings) {
        this.roots = roots;
        this.settings = settings;
    }

    @Override
    public @Nullable OutsideChanges of(AgentCall call) {
        AgentTool tool = call.tool();
        if (tool == null || !worksBelowARoot(call.cwd())) {
            return null;
        }
        return switch (tool.kind()) {
            case WRITE, EDIT, DELETE -> new Changes(tool, call.input());
            case SHELL -> (tool.command() != null) ? new Commands(tool.command(), Path.of(call.cwd())) : null;
            default -> null;
        };
    }

    private boolean worksBelowARoot(@Nullable String cwd) {
        if (cwd == null) {
            return false;
        }
        try {
            Path directory = Path.of(cwd);
            return directory.isAbsolute() && isBelowARoot(directory);
        } catch (InvalidPathException ex) {
            // nobody works there
            return false;
        }
    }

    private boolean isBelowARoot(Path path) {
        try {
            return this.roots.around(RealPaths.of(path)) != null;
        } catch (IOException ex) {
            // it leads nowhere
            return false;
        }
    }

    private final class Changes extends Sought {

        private final boolean deletes;

        private final List<String> paths;

        private final ToolContent content;

        private Changes(AgentTool tool, Map<String, @Nullable Object> input) {
            this.deletes = tool.kind() == ToolKind.DELETE;
            this.paths = tool.paths();
            this.content = new ToolContent(tool, input);
        }

        @Override
        Trace made() {
            return this.deletes ? Trace.ANYTHING : Trace.CONTENT;
        }

        @Override
        @Nullable
        Left left(@Nullable InputStream before, OutsideWork.Found found, Told told) throws IOException {
            return this.content.left(before, found, told);
        }

        @Override
        void seek(Targets targets) {
            for (String text : this.paths) {
                Path path = Path.of(text);
                if (path.isAbsolute()) {
                    targets.changes(path, this.deletes, false);
                    if (Files.isSymbolicLink(path) && isBelowARoot(path)) {
                        // which a tool may replace by the file
                        targets.changes(path, true, false);
                    }
                } else {
                    targets.uncovered(text, "nobody can tell where it lies");
                }
            }
        }
    }

    private final class Commands extends Sought {

        private final String command;

        private final Path cwd;

        private Commands(String command, Path cwd) {
            this.command = command;
            this.cwd = cwd;
        }

        @Override
        void seek(Targets targets) {
            ShellTargets.find(this.command, this.cwd, targets);
        }
    }

    /** What one call changes. */
    private abstract class Sought implements OutsideChanges {

        /** Said by whoever tells the outcome, so it comes from another thread. */
        private volatile @Nullable Told told;

        @Override
        public void told(Told told) {
            this.told = told;
        }

        /** What the call leaves when it was made. */
        Trace made() {
            return Trace.ANYTHING;
        }

        /** The content that the call alone leaves, or {@code null} when nobody can tell. */
        @Nullable
        Left left(@Nullable InputStream before, OutsideWork.Found found, Told told) throws IOException {
            return null;
        }

        @Override
        public boolean mayBeUncovered() {
            return AgentFiles.this.settings.mayBeUncovered();
        }

        abstract void seek(Targets targets);

        @Override
        public Found find() {
            Targets targets = new Targets();
            seek(targets);
            TreeSet<Path> all = new TreeSet<>();
            TreeSet<Path> real = new TreeSet<>();
            Set<Path> later = new HashSet<>();
            for (Targets.Target target : targets.found()) {
                Path path = follow(target);
                all.add(path);
                add(path, target, real, later, targets);
            }
            CaptureLimits limits = AgentFiles.this.settings.limits();
            boolean copies = targets.endangersRepositories() || SmallFiles.areAll(real, limits);
            Map<FilesystemConnector, KeptFiles> kept = new HashMap<>();
            List<StepOperation> steps = new ArrayList<>();
            int room = AgentFiles.this.settings.mostFiles();
            boolean few = real.size() <= room;
            for (Path path : real) {
                FilesystemConnector root = AgentFiles.this.roots.around(path);
                // what is captured as a whole is not captured in parts as well
                if (root != null && !isBelowAnother(path, real)) {
                    KeptFiles there = copies ? KeptFiles.NONE : kept.computeIfAbsent(root, each -> each.kept(all));
                    if (few || isKept(path, there) || --room >= 0) {
                        Work work = new Work(this, later.contains(path));
                        steps.add(root.outsideChange(path.toString(), limits, there, work));
                    } else {
                        tooMany(path, targets);
                    }
                }
            }
            kept.values().forEach(KeptFiles::release);
            return new Found(steps, targets.uncovered());
        }

        /** Whether a path is likely to take no room; what it takes is seen when it is captured. */
        private static boolean isKept(Path path, KeptFiles there) {
            try {
                return there.find(path, Files.size(path)) != null;
            } catch (IOException ex) {
                return false;
            }
        }

        private void tooMany(Path path, Targets targets) {
            targets.uncovered(
                    path.toString(),
                    "more than " + AgentFiles.this.settings.mostFiles() + " files would have to be captured");
        }

        private static boolean isBelowAnother(Path path, TreeSet<Path> all) {
            for (Path at = path.getParent(); at != null; at = at.getParent()) {
                if (all.contains(at)) {
                    return true;
                }
            }
            return false;
        }

        private static Path follow(Targets.Target target) {
            try {
                return target.itself() ? RealPaths.ofName(target.path()) : RealPaths.of(target.path());
            } catch (IOException ex) {
                throw new IllegalArgumentException("a path can't be followed: " + ex.getMessage(), ex);
            }
        }

        private void add(Path path, Targets.Target target, TreeSet<Path> real, Set<Path> later, Targets targets) {
            FilesystemConnector root = AgentFiles.this.roots.around(path);
            if (!path.equals(path.getFileSystem().getPath(path.toString()))) {
                targets.uncovered(path.toString(), "its name can't be written down");
            } else if (root == null) {
                targets.uncovered(path.toString(), "it lies outside of the directories that undo covers");
            } else if (root.root().equals(path)) {
                targets.uncovered(path.toString(), "it is the whole directory that undo covers");
            } else if (real.size() >= Math.max(MOST_PATHS, AgentFiles.this.settings.mostFiles())) {
                tooMany(path, targets);
            } else {
                real.add(path);
                // with what is below it a directory goes on as well
                for (Path at = target.later() ? path : null; at != null && later.add(at); ) {
                    at = at.getParent();
                }
            }
        }
    }

    /** What is known of one change of a call. */
    private record Work(Sought call, boolean goesOn) implements OutsideWork {

        @Override
        public Trace trace() {
            OutsideChanges.Told told = this.call.told;
            if (told != null && !told.made()) {
                return Trace.NOTHING;
            }
            return (this.goesOn || told == null || told.goesOn()) ? Trace.LATER : this.call.made();
        }

        @Override
        public @Nullable Left left(@Nullable InputStream before, Found found) throws IOException {
            OutsideChanges.Told told = this.call.told;
            return (told != null) ? this.call.left(before, found, told) : null;
        }
    }
}
