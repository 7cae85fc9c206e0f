package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.ToolUse;
import cloud.enact.analysis.command.CommandFacts;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlFacts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about one call, each thing when it is first asked for and then kept. Finding out twice does no
 * harm, so nothing is locked.
 */
final class CallFacts {

    /** Characters of arguments over which an expression can work only so long. */
    private static final int SMALL_ARGUMENTS = 4096;

    /** Nobody works so deep; a longer one would be read again for every path. */
    private static final int LONGEST_DIRECTORY = 1024;

    private final ActionRequest request;

    private final ActionWords words;

    private final HistoryBefore history;

    private volatile @Nullable ResolvedArguments arguments;

    private volatile @Nullable Boolean large;

    private volatile @Nullable ShellFacts shell;

    private volatile @Nullable CommandFacts commands;

    private volatile @Nullable SqlFacts sql;

    private volatile @Nullable List<EarlierAction> earlier;

    private final Map<Class<?>, Object> found = new ConcurrentHashMap<>(4);

    private final Map<Class<?>, Object> foundWhenNamed = new ConcurrentHashMap<>(4);

    CallFacts(ActionRequest request, ActionWords words, ActionHistory history) {
        this.request = request;
        this.words = words;
        // an action is judged again when the effect of its steps is known, and is then on record
        this.history = new HistoryBefore(history, request);
    }

    ActionRequest request() {
        return this.request;
    }

    ActionWords words() {
        return this.words;
    }

    ActionHistory history() {
        return this.history;
    }

    boolean lookedBack() {
        return this.history.wasAsked();
    }

    List<EarlierAction> earlier() {
        List<EarlierAction> known = this.earlier;
        if (known == null) {
            known = this.history.ofRun(this.request.run().id());
            this.earlier = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    <T> T found(Class<?> key, boolean named, Supplier<T> finder) {
        Map<Class<?>, Object> known = named ? this.foundWhenNamed : this.found;
        Object value = known.get(key);
        if (value == null) {
            value = finder.get();
            known.put(key, value);
        }
        return (T) value;
    }

    ResolvedArguments arguments() {
        ResolvedArguments known = this.arguments;
        if (known == null) {
            known = ResolvedArguments.of(this.request.args());
            this.arguments = known;
        }
        return known;
    }

    boolean hasLargeArguments() {
        Boolean known = this.large;
        if (known == null) {
            known = ArgumentSize.exceeds(this.request.args(), SMALL_ARGUMENTS);
            this.large = known;
        }
        return known;
    }

    ShellFacts shell() {
        ShellFacts known = this.shell;
        if (known == null) {
            known = ShellTexts.facts(this.words, arguments());
            this.shell = known;
        }
        return known;
    }

    CommandFacts commands() {
        CommandFacts known = this.commands;
        if (known == null) {
            known = CommandFacts.of(shell());
            this.commands = known;
        }
        return known;
    }

    /** A tool of a server has a directory of its own. */
    @Nullable
    String directory() {
        if (this.words.system().contains("mcp")) {
            return null;
        }
        return ToolUse.of(this.request.actor())
                .map(ToolUse::cwd)
                .filter(directory -> directory.length() <= LONGEST_DIRECTORY)
                .orElse(null);
    }

    SqlFacts sql() {
        SqlFacts known = this.sql;
        if (known == null) {
            known = SqlArguments.facts(this.words, this.request.args(), arguments(), shell());
            this.sql = known;
        }
        return known;
    }
}
