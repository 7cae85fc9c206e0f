package cloud.enact.connector.github;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Repositories that may be used; none without a pattern. Immutable. */
final class AllowedRepositories {

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9*_-]+/[A-Za-z0-9*._-]+");

    private final List<Pattern> allowed = new ArrayList<>();

    private final List<RepositoryName> named = new ArrayList<>();

    /**
     * Reads patterns.
     *
     * @param patterns {@code owner/name}, where a star stands for any characters of one part
     * @throws IllegalArgumentException when one is none
     */
    AllowedRepositories(Collection<String> patterns) {
        for (String pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        "A repository is written owner/name, where a star stands for any characters");
            }
            String expression = pattern.replace(".", "\\.").replace("*", "[^/]*");
            this.allowed.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
            if (pattern.indexOf('*') < 0) {
                this.named.add(RepositoryName.of(pattern));
            }
        }
    }

    boolean allows(RepositoryName repository) {
        return this.allowed.stream()
                .anyMatch(pattern -> pattern.matcher(repository.toString()).matches());
    }

    /** The name as it was configured; {@code null} when it is allowed by a star, or not at all. */
    @Nullable
    RepositoryName asNamed(RepositoryName repository) {
        return this.named.stream().filter(repository::isSame).findFirst().orElse(null);
    }

    /** Those that are named in full. */
    List<RepositoryName> named() {
        return List.copyOf(this.named);
    }
}
