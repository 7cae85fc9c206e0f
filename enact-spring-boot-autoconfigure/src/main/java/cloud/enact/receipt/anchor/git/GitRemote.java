package cloud.enact.receipt.anchor.git;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** The repository elsewhere; its branches are only ever moved forward. */
final class GitRemote {

    private final GitOptions options;

    GitRemote(GitOptions options) {
        this.options = options;
    }

    private Transport open(Repository git) throws IOException {
        Transport transport = Transport.open(git, this.options.address());
        transport.setTimeout((int) Math.max(1, this.options.timeout().toSeconds()));
        String token = this.options.token();
        if (token != null) {
            String user = this.options.username();
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider((user != null) ? user : "x-access-token", token));
        }
        return transport;
    }

    /** Brings a branch of the remote here, beside the branches of this repository. */
    @Nullable
    ObjectId fetch(Repository git, String branch) throws IOException {
        try (Transport transport = open(git)) {
            @Nullable Ref there;
            try (FetchConnection connection = transport.openFetch()) {
                there = connection.getRef(branch);
            }
            if (there == null) {
                return null;
            }
            String fetched = branch.replace("refs/heads/", "refs/enact/fetched/");
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + branch + ":" + fetched)));
            Ref ref = git.exactRef(fetched);
            return (ref != null) ? ref.getObjectId() : null;
        }
    }

    /**
     * Pushes a branch.
     *
     * @return whether the remote has it now; {@code false} when it has commits that are not here
     */
    boolean push(Repository git, String branch, ObjectId commit) throws IOException {
        try (Transport transport = open(git)) {
            RemoteRefUpdate update = new RemoteRefUpdate(git, branch, commit, branch, false, null, null);
            transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> true;
                case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> false;
                default -> throw new IOException("The git remote refused the commit: " + update.getStatus());
            };
        }
    }
}
