package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;

/** A directory under version control, by the library of somebody else. */
public final class GitProject {

    private final Path directory;

    private GitProject(Path directory) {
        this.directory = directory;
    }

    /** Makes a repository in a directory that is there. */
    public static GitProject in(Path directory) throws GitAPIException {
        Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        return new GitProject(directory);
    }

    /** Its {@code .git}. */
    public Path git() {
        return this.directory.resolve(".git");
    }

    public Path write(String name, String content) throws IOException {
        Path file = this.directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Writes files {@code 0.txt} and so on, no two alike. */
    public void fill(String folder, int files, int size) throws IOException {
        for (int i = 0; i < files; i++) {
            String line = "file " + i + " of " + folder + " in " + this.directory + " line ";
            StringBuilder text = new StringBuilder();
            while (text.length() < size) {
                text.append(line).append(text.length()).append('\n');
            }
            write(folder + "/" + i + ".txt", text.substring(0, size));
        }
    }

    public void add() throws IOException, GitAPIException {
        try (Git git = open()) {
            git.add().addFilepattern(".").call();
        }
    }

    /** Adds everything and commits it. */
    public void commit() throws IOException, GitAPIException {
        add();
        try (Git git = open()) {
            git.commit()
                    .setMessage("Work")
                    .setAuthor("Ana", "ana@enact.example")
                    .setCommitter("Ana", "ana@enact.example")
                    .setSign(false)
                    .call();
        }
    }

    /** Commits a directory of so many files {@code n0}, {@code n1} and so on, all with one content, which are not written. */
    public void commitNames(int names, String content) throws IOException {
        try (Git git = open();
                ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
            TreeFormatter tree = new TreeFormatter();
            for (int i = 0; i < names; i++) {
                tree.append("n" + i, FileMode.REGULAR_FILE, blob);
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(new PersonIdent("Ana", "ana@enact.example"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Work");
            RefUpdate update = git.getRepository().updateRef("HEAD");
            update.setNewObjectId(inserter.insert(commit));
            inserter.flush();
            update.forceUpdate();
        }
    }

    /** Packs all objects and branches. */
    public void pack() throws IOException, GitAPIException {
        try (Git git = open()) {
            git.gc().call();
        }
    }

    /** The loose object with some content. */
    public Path object(String content) {
        return objectNamed(name(content));
    }

    /** The loose object of a name, 40 hexadecimal digits. */
    public Path objectNamed(String name) {
        return git().resolve("objects").resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    /** What an object with some content is called. */
    public static String name(String content) {
        try (ObjectInserter.Formatter names = new ObjectInserter.Formatter()) {
            return names.idFor(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8))
                    .name();
        }
    }

    /** The only file in the directory of packs with an ending. */
    public Path packed(String ending) throws IOException {
        try (Stream<Path> files = Files.list(git().resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The text of a file. */
    public String read(String name) throws IOException {
        return Files.readString(this.directory.resolve(name));
    }

    /** Puts other bytes in place of the loose objects of the files in a folder. */
    public void replace(String folder, Replacement replacement) throws IOException {
        try (Stream<Path> files = Files.list(this.directory.resolve(folder))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String content = Files.readString(file);
                Path object = object(content);
                Files.delete(object);
                Files.write(object, replacement.of(content));
            }
        }
    }

    /** Bytes to be put in place of an object. */
    @FunctionalInterface
    public interface Replacement {

        byte[] of(String content) throws IOException;
    }

    /** What the commit is called that the work tree stands on. */
    public String head() throws IOException {
        try (Git git = open()) {
            return git.getRepository().resolve("HEAD").name();
        }
    }

    /** What the directory is called in that commit. */
    public String tree() throws IOException {
        try (Git git = open()) {
            return git.getRepository().resolve("HEAD^{tree}").name();
        }
    }

    private Git open() throws IOException {
        return Git.open(this.directory.toFile());
    }
}
