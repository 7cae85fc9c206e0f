package cloud.enact.doubles.github;

import java.util.Map;
import java.util.TreeMap;

/**
 * Everything of a repository that a caller could change, without times and ids.
 *
 * @param refs the commit of each name
 */
public record RepositoryState(Map<String, String> refs) {

    public RepositoryState {
        refs = new TreeMap<>(refs);
    }
}
