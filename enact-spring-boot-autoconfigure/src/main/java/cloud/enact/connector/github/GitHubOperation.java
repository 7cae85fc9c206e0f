package cloud.enact.connector.github;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the connector can do. */
enum GitHubOperation implements ConnectorOperation {
    CREATE_BRANCH(Reversibility.REVERSIBLE, "branch", "from"),
    DELETE_BRANCH(Reversibility.COMPENSATABLE, "branch"),
    PUSH_COMMIT(Reversibility.COMPENSATABLE, "branch", "message", "files"),
    CREATE_PR(Reversibility.COMPENSATABLE, "title", "body", "head", "base", "draft"),
    MERGE_PR(Reversibility.COMPENSATABLE, "number", "method", "head_sha"),
    CREATE_ISSUE(Reversibility.COMPENSATABLE, "title", "body", "labels"),
    CLOSE_PR(Reversibility.COMPENSATABLE, "number"),
    CLOSE_ISSUE(Reversibility.COMPENSATABLE, "number"),
    COMMENT(Reversibility.COMPENSATABLE, "number", "body"),
    ADD_LABEL(Reversibility.COMPENSATABLE, "number", "label"),
    GET_FILE(Reversibility.READ_ONLY, "path", "ref"),
    LIST_BRANCHES(Reversibility.READ_ONLY),
    GET_PR(Reversibility.READ_ONLY, "number");

    /** Arguments whose content is not needed to undo anything. */
    static final Set<String> TEXTS = Set.of("title", "body", "message", "files");

    private final Reversibility reversibility;

    private final Set<String> arguments;

    GitHubOperation(Reversibility reversibility, String... besidesRepository) {
        this.reversibility = reversibility;
        Set<String> all = new HashSet<>(List.of(besidesRepository));
        all.add("repo");
        this.arguments = Set.copyOf(all);
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reversibility reversibility() {
        return this.reversibility;
    }

    @Override
    public Set<String> arguments() {
        return this.arguments;
    }

    boolean isRead() {
        return this.reversibility == Reversibility.READ_ONLY;
    }
}
