package cloud.enact.connector.github;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where branches will be once the newer steps of a rollback are undone. For one precheck, on one thread. */
final class ForeseenHeads {

    private final Map<String, String> heads = new HashMap<>();

    /** Where a branch will be; {@code null} when it is gone. */
    @Nullable
    String of(GitData git, BranchName branch) {
        String foreseen = this.heads.get(key(git.name(), branch));
        return (foreseen != null) ? foreseen : git.head(branch);
    }

    void put(RepositoryName repository, BranchName branch, String sha) {
        this.heads.put(key(repository, branch), sha);
    }

    private static String key(RepositoryName repository, BranchName branch) {
        return repository.toString().toLowerCase(Locale.ROOT) + " " + branch.ref();
    }
}
