package cloud.enact.connector;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one connector instance can do, and what of that is allowed: nothing, if nothing is said. Immutable.
 *
 * @param <O> kind of operation
 */
public final class AllowedOperations<O extends ConnectorOperation> {

    private final String connector;

    private final Map<String, O> known = new LinkedHashMap<>();

    private final Set<String> allowed = new TreeSet<>();

    /**
     * Allows operations.
     *
     * @param connector name of the instance
     * @param known all operations it has
     * @param allowed ids of those that are allowed
     * @throws IllegalArgumentException when one of these doesn't exist
     */
    public AllowedOperations(String connector, Collection<O> known, Collection<String> allowed) {
        this.connector = connector;
        known.forEach(operation -> this.known.put(operation.id(), operation));
        for (String id : allowed) {
            if (!this.known.containsKey(id)) {
                throw new IllegalArgumentException("Connector '" + connector + "' has no such operation as '" + id
                        + "'; it has " + this.known.keySet());
            }
            this.allowed.add(id);
        }
    }

    /** Ids of the allowed operations. */
    public Set<String> ids() {
        return Set.copyOf(this.allowed);
    }

    /**
     * The operation of a name, allowed or not.
     *
     * @throws IllegalArgumentException when there is none
     */
    public O known(String id) {
        O operation = this.known.get(id);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "Connector '" + this.connector + "' has no such operation; it has " + this.known.keySet());
        }
        return operation;
    }

    /**
     * The operation of a name, when it may be called with these arguments.
     *
     * @throws IllegalArgumentException when it is not allowed, or does not take one of them
     */
    public O require(String id, Map<String, @Nullable Object> args) {
        O operation = known(id);
        if (!this.allowed.contains(operation.id())) {
            throw new IllegalArgumentException("Operation '" + operation.id() + "' of connector '" + this.connector
                    + "' is not allowed; allow it by adding it to the connector's operations");
        }
        if (!operation.arguments().containsAll(args.keySet())) {
            throw new IllegalArgumentException(
                    operation.id() + " takes " + new TreeSet<>(operation.arguments()) + " and nothing else");
        }
        return operation;
    }
}
