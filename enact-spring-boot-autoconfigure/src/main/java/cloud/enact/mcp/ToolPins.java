package cloud.enact.mcp;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in receipts how each remote tool was defined when it was first seen, and notices when its server defines it
 * in another way. Thread-safe.
 */
public final class ToolPins {

    /** Name of the action of trusting the definition of a tool, or of refusing one that changed. */
    public static final String ACTION = "enact.remote_tool";

    /** Names are made by servers, so there are no more of them in memory than this for each connection. */
    static final int MOST_TOOLS = 2_000;

    /** A tool that changes more often than this while the application runs is refused. */
    static final int MOST_CHANGES = 20;

    private static final Log logger = LogFactory.getLog(ToolPins.class);

    /** Where the name of the connection begins in the name of an action. */
    private static final int PREFIX = "mcp.".length();

    /** Member of the receipt's payload: name of the tool's action. */
    public static final String TOOL = "tool";

    /** Member of the receipt's payload: digest of the definition that is trusted. */
    public static final String TRUSTED = "definition";

    /** Member of the receipt's payload: digest of the newest definition that is not trusted; absent for none. */
    public static final String REFUSED = "refused";

    /** Member of the receipt's payload: digest that was trusted before a change; absent when a tool is new. */
    public static final String BEFORE = "before";

    private final ReceiptLog receipts;

    private final ReceiptStore store;

    private final McpSettings settings;

    private final IdGenerator ids;

    private final Clock clock;

    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();

    ToolPins(ReceiptLog receipts, ReceiptStore store, McpSettings settings, IdGenerator ids, Clock clock) {
        this.receipts = receipts;
        this.store = store;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** Changed definitions since start-up. */
    public long changeCount() {
        return this.changes.get();
    }

    /** Whether a definition may be shown and called. */
    enum Trust {
        /** It is as it was, or a change was accepted. */
        TRUSTED,
        /** It changed. */
        CHANGED,
        /** The connection has too many tools to remember. */
        UNKNOWN
    }

    /**
     * Looks at a definition; what is new is put on record first.
     *
     * @param tool name of the tool's action
     * @param digest digest of its definition
     */
    Trust look(String tool, String digest) {
        Connection connection = this.connections.computeIfAbsent(connection(tool), name -> new Connection());
        Pin pin = connection.pins().get(tool);
        if (pin != null && pin.trusted().equals(digest) && !pin.astray()) {
            return Trust.TRUSTED;
        }
        // one after the other: of two definitions that come at the same moment only one is the first
        connection.lock().lock();
        try {
            return look(connection.pins(), tool, digest);
        } finally {
            connection.lock().unlock();
        }
    }

    private Trust look(Map<String, Pin> pins, String tool, String digest) {
        Pin pin = pins.get(tool);
        if (pin == null) {
            if (pins.size() >= MOST_TOOLS) {
                return Trust.UNKNOWN;
            }
            pin = recorded(tool).orElseGet(() -> record(tool, new Pin(digest, null, 0, false), null));
            pins.put(tool, pin);
        }
        if (pin.trusted().equals(digest)) {
            pins.put(tool, pin.astray(false));
            return Trust.TRUSTED;
        }
        if (digest.equals(pin.refused()) && !this.settings.accepted().contains(digest)) {
            pins.put(tool, pin.astray(true));
            return Trust.CHANGED;
        }
        return change(pins, tool, pin, digest) ? Trust.TRUSTED : Trust.CHANGED;
    }

    /** Whether the server was last seen to define a tool in a way that is not trusted, whoever still has another one. */
    boolean isAstray(String tool) {
        Connection connection = this.connections.get(connection(tool));
        Pin pin = (connection != null) ? connection.pins().get(tool) : null;
        return pin != null && pin.astray();
    }

    /** Beginning of the name of a tool's action, up to the end of its connection, which has no dots. */
    private static String connection(String tool) {
        return tool.substring(0, tool.indexOf('.', PREFIX));
    }

    private boolean change(Map<String, Pin> pins, String tool, Pin pin, String digest) {
        boolean accepted = this.settings.accepted().contains(digest);
        boolean restless = pin.changes() >= MOST_CHANGES;
        boolean trusted = accepted || (this.settings.onChange() == McpSettings.OnChange.ALERT && !restless);
        Pin next = trusted
                ? new Pin(digest, null, pin.changes() + 1, false)
                : new Pin(pin.trusted(), digest, pin.changes() + 1, true);
        if (!restless) {
            record(tool, next, pin.trusted());
            this.changes.incrementAndGet();
            logger.warn("The server of tool '" + tool + "' defines it in another way than before: "
                    + pin.trusted() + " became " + digest + ". "
                    + (trusted
                            ? "The new definition is trusted from now on; read it."
                            : "The tool is blocked until somebody has read the new definition and adds its digest to"
                                    + " enact.mcp.accept."));
        }
        pins.put(tool, next);
        return trusted;
    }

    private Optional<Pin> recorded(String tool) {
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.CONFIG)
                .action(ACTION)
                .workflow(tool)
                .build();
        return this.store.newest(filter).flatMap(this::pin);
    }

    private Optional<Pin> pin(Receipt receipt) {
        if (receipt.damage() != null) {
            throw new IllegalStateException("The receipt of a tool's definition is damaged: " + receipt.damage());
        }
        return (receipt.fields().get("payload") instanceof Map<?, ?> payload
                        && payload.get(TRUSTED) instanceof String trusted)
                ? Optional.of(
                        new Pin(trusted, (payload.get(REFUSED) instanceof String refused) ? refused : null, 0, false))
                : Optional.empty();
    }

    private Pin record(String tool, Pin pin, @Nullable String before) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put(TOOL, tool);
        payload.put(TRUSTED, pin.trusted());
        if (pin.refused() != null) {
            payload.put(REFUSED, pin.refused());
        }
        if (before != null) {
            payload.put(BEFORE, before);
        }
        this.receipts.append(new ReceiptDraft(
                ReceiptKind.CONFIG,
                new RunId(this.ids.next()),
                this.ids.next(),
                null,
                this.clock.instant(),
                ACTION,
                ActionRequest.systemOf(ACTION),
                tool,
                null,
                null,
                Actor.enact(),
                payload,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null));
        return pin;
    }

    /** Tools of a connection, which are looked at one after the other where there is something to put on record. */
    private record Connection(Map<String, Pin> pins, ReentrantLock lock) {

        Connection() {
            this(new ConcurrentHashMap<>(), new ReentrantLock());
        }
    }

    /**
     * What is held of a tool.
     *
     * @param trusted digest of the definition that may be shown and called
     * @param refused digest of the newest one that may not, or {@code null}
     * @param changes how often it changed while the application ran
     * @param astray whether the server was last seen to define it in a way that may not
     */
    private record Pin(String trusted, @Nullable String refused, int changes, boolean astray) {

        Pin astray(boolean now) {
            return (this.astray == now) ? this : new Pin(this.trusted, this.refused, this.changes, now);
        }
    }
}
