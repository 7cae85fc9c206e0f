package cloud.enact.doubles.github;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a repository that a caller could change, without times and ids.
 *
 * @param refs the commit of each name
 * @param tickets issues and pull requests by number
 * @param labels the labels of the repository
 */
public record RepositoryState(Map<String, String> refs, Map<Integer, TicketState> tickets, Set<String> labels) {

    public RepositoryState {
        refs = new TreeMap<>(refs);
        tickets = new TreeMap<>(tickets);
        labels = new TreeSet<>(labels);
    }

    /**
     * An issue or a pull request.
     *
     * @param title its title
     * @param body its text
     * @param state {@code open}, {@code closed} or {@code merged}
     * @param labels its labels
     * @param comments texts of its comments, oldest first
     * @param head branch of a pull request
     * @param base where a pull request goes
     */
    public record TicketState(
            String title,
            @Nullable String body,
            String state,
            Set<String> labels,
            List<String> comments,
            @Nullable String head,
            @Nullable String base) {

        public TicketState {
            labels = new TreeSet<>(labels);
            comments = List.copyOf(comments);
        }
    }
}
