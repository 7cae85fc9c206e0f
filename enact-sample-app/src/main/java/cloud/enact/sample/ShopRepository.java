package cloud.enact.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefLeaseSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.springframework.util.Assert;

/** A real git repository on disk, with a bare repository as its origin. */
final class ShopRepository {

    /** Says that a branch is not there. */
    static final String ABSENT = "absent";

    private static final String HEADS = "refs/heads/";

    private final Path directory;

    private final Path origin;

    ShopRepository(Path directory, Path origin) {
        this.directory = directory;
        this.origin = origin;
    }

    /** Makes both, with a first commit on main, unless they are there. */
    void create() throws IOException {
        if (Files.exists(this.origin)) {
            return;
        }
        try (Git bare = Git.init()
                        .setBare(true)
                        .setInitialBranch("main")
                        .setDirectory(this.origin.toFile())
                        .call();
                Git git = Git.init()
                        .setInitialBranch("main")
                        .setDirectory(this.directory.toFile())
                        .call()) {
            Assert.state(bare.getRepository().isBare(), "The origin must be bare");
            git.remoteAdd()
                    .setName("origin")
                    .setUri(new URIish(this.origin.toUri().toURL()))
                    .call();
            Files.writeString(this.directory.resolve("README.md"), "# Corner shop\n");
            Files.writeString(this.directory.resolve(".gitignore"), "/" + Workspace.CAMPAIGN + "/\n/.enact-stage/\n");
            commit("Open the shop");
            push("main");
        } catch (GitAPIException ex) {
            throw new IOException("The repository could not be made", ex);
        }
    }

    /** Commits everything git knows or may know of, and returns the new commit. */
    String commit(String message) throws IOException {
        try (Git git = Git.open(this.directory.toFile())) {
            git.add().addFilepattern(".").call();
            PersonIdent agent = new PersonIdent("Agent", "agent@shop.example");
            return git.commit()
                    .setMessage(message)
                    .setAuthor(agent)
                    .setCommitter(agent)
                    .setSign(false)
                    .call()
                    .name();
        } catch (GitAPIException ex) {
            throw new IOException("The commit failed: " + ex.getMessage(), ex);
        }
    }

    /** Sends the current commit to a branch of the origin, never by force. */
    void push(String branch) throws IOException {
        try (Git git = Git.open(this.directory.toFile())) {
            requireDone(git.push()
                    .setRemote("origin")
                    .setRefSpecs(new RefSpec("HEAD:" + HEADS + branch))
                    .call());
        } catch (GitAPIException ex) {
            throw new IOException("The push failed: " + ex.getMessage(), ex);
        }
    }

    /** The commit the working copy is at. */
    String head() throws IOException {
        try (Git git = Git.open(this.directory.toFile())) {
            return name(git.getRepository().resolve("HEAD"));
        }
    }

    /** Takes the current branch back to a commit and leaves the files as they are. */
    void resetTo(String commit) throws IOException {
        try (Git git = Git.open(this.directory.toFile())) {
            git.reset().setMode(ResetType.SOFT).setRef(commit).call();
        } catch (GitAPIException ex) {
            throw new IOException("The reset failed: " + ex.getMessage(), ex);
        }
    }

    /** The commit a branch of the origin is at, or {@link #ABSENT}. */
    String originHead(String branch) throws IOException {
        try (Git git = Git.open(this.origin.toFile())) {
            Repository repository = git.getRepository();
            return name(repository.resolve(HEADS + branch));
        }
    }

    /** Puts a branch of the origin back, unless somebody moved it since. */
    void restoreOriginHead(String branch, String expected, String restored) throws IOException {
        String source = restored.equals(ABSENT) ? "" : restored;
        try (Git git = Git.open(this.directory.toFile())) {
            requireDone(git.push()
                    .setRemote("origin")
                    .setForce(true)
                    .setRefLeaseSpecs(new RefLeaseSpec(HEADS + branch, expected))
                    .setRefSpecs(new RefSpec(source + ":" + HEADS + branch))
                    .call());
        } catch (GitAPIException ex) {
            throw new IOException("The branch could not be put back: " + ex.getMessage(), ex);
        }
    }

    private static String name(@org.jspecify.annotations.Nullable ObjectId id) {
        return (id != null) ? id.name() : ABSENT;
    }

    private static void requireDone(Iterable<PushResult> results) throws IOException {
        for (PushResult result : results) {
            for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                if (update.getStatus() != RemoteRefUpdate.Status.OK
                        && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
                    throw new IOException("The origin refused the push: " + update.getStatus());
                }
            }
        }
    }
}
