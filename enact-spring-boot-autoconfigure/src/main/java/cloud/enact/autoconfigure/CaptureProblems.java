package cloud.enact.autoconfigure;

import cloud.enact.undo.FailureLog;
import cloud.enact.undo.postgres.CaptureException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** What is missing by now of what captures rows, in a sentence for each database. */
final class CaptureProblems implements Supplier<List<String>> {

    private static final FailureLog failures = new FailureLog(CaptureProblems.class);

    private final CaptureDatabases databases;

    CaptureProblems(CaptureDatabases databases) {
        this.databases = databases;
    }

    @Override
    public List<String> get() {
        List<String> problems = new ArrayList<>();
        this.databases.sources().forEach((name, source) -> of(name, source).ifPresent(problems::add));
        return problems;
    }

    private Optional<String> of(String name, DataSource source) {
        try {
            return this.databases.find(name, source).flatMap(CaptureProblems::of);
        } catch (SQLException | CaptureException ex) {
            failures.debug("Capture objects could not be looked at", ex);
            return Optional.of(
                    "A database could not be looked at (" + ex.getClass().getSimpleName() + ").");
        }
    }

    private static Optional<String> of(CaptureDatabases.Entry entry) {
        int missing = entry.database().plan().statements().size();
        return (missing == 0)
                ? Optional.empty()
                : Optional.of("Database " + entry.name() + " lacks " + missing
                        + " statements of what captures rows, so governed actions can't change all of them.");
    }
}
