package cloud.enact.autoconfigure;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.filesystem.FilesystemRoots;
import cloud.enact.connector.filesystem.git.GitContentKeeper;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.hook.undo.AgentFiles;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens the directories in which the work of coding agents can be undone. */
final class AgentFileRoots {

    private static final String PROPERTY = "enact.hooks.claude-code.undo.roots";

    private final EnactProperties properties;

    private final BlobStore blobs;

    AgentFileRoots(EnactProperties properties, BlobStore blobs) {
        this.properties = properties;
        this.blobs = blobs;
    }

    FilesystemRoots open() {
        List<Path> roots = this.properties.hooks().claudeCode().undo().roots();
        if (roots.isEmpty()) {
            throw new EnactStartupException(
                    "enact.hooks.claude-code.undo.enabled is set, but there is no directory to capture files in.",
                    "Set " + PROPERTY + "[0] to the directory that holds the projects the agent works on.");
        }
        Map<String, Path> taken = new LinkedHashMap<>(FilesystemConnectors.roots(this.properties));
        List<FilesystemConnector> opened = new ArrayList<>();
        try {
            for (int i = 0; i < roots.size(); i++) {
                String property = PROPERTY + "[" + i + "]";
                requireApart(property, roots.get(i), taken);
                taken.put(property, roots.get(i));
                opened.add(open(property, roots.get(i)));
            }
        } catch (RuntimeException ex) {
            close(opened, ex);
            throw ex;
        }
        return new FilesystemRoots(
                AgentFiles.CONNECTOR,
                opened,
                "It was done in a directory that is not in " + PROPERTY
                        + " any more: add it again, or undo the run from the command line.");
    }

    private FilesystemConnector open(String property, Path root) {
        StepExecutor none = step -> {
            throw new IllegalStateException("Nothing is done here that an agent has not done");
        };
        try {
            return FilesystemConnectors.confined(root, this.properties)
                    .name(AgentFiles.CONNECTOR)
                    .keeper(new GitContentKeeper())
                    .build(none, this.blobs);
        } catch (IOException | IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "Undo for coding agents can't work in " + root + ": " + ex.getMessage(),
                    "Set " + property + " to an existing directory this application may write to.",
                    ex);
        }
    }

    private static void requireApart(String property, Path root, Map<String, Path> taken) {
        Path real = FilesystemConnectors.real(root);
        taken.forEach((other, path) -> {
            Path there = FilesystemConnectors.real(path);
            if (real.startsWith(there) || there.startsWith(real)) {
                throw new EnactStartupException(
                        "Two directories in which files are undone overlap: " + property + " and "
                                + (other.startsWith(PROPERTY) ? other : other + ".root") + ", " + root + " and " + path
                                + ".",
                        "Give each a directory of its own, none of them inside another.");
            }
        });
    }

    private static void close(List<FilesystemConnector> opened, RuntimeException why) {
        for (FilesystemConnector each : opened) {
            try {
                each.close();
            } catch (IOException ex) {
                why.addSuppressed(ex);
            }
        }
    }
}
