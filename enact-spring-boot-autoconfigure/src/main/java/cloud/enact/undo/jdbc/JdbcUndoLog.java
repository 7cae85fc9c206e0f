package cloud.enact.undo.jdbc;

import cloud.enact.action.RunId;
import cloud.enact.jdbc.Connections;
import cloud.enact.jdbc.Sql;
import cloud.enact.undo.DocumentUndoLog;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.PendingStep;
import cloud.enact.undo.UndoDocuments;
import cloud.enact.undo.UndoEncryption;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.UndoSeal;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The undo log in PostgreSQL, for several processes at once: what one of them did another one undoes. Thread-safe.
 *
 * <p>{@link #begin} waits for the server's disk, one commit for all callers that wait at the same time. {@link #end}
 * leaves that to the next commit that waits, such as that of the COMPLETED receipt in the same server. If the server
 * stops in between, the step is found as {@code INTENT}, which undo resolves by looking.
 *
 * <p>A claim lasts for the lease of the options after its process was heard of last.
 */
public final class JdbcUndoLog extends DocumentUndoLog {

    private static final int READERS = 2;

    private final Connections begins;

    /** Steps that end must not wait for the disk with those that begin. */
    private final Connections ends;

    /** Nor must claims be lost because steps are slow. */
    private final Connections rights;

    private final StepWriter writer;

    private final StepReader reader;

    private final RunClaims claims;

    private JdbcUndoLog(
            Connections begins,
            Connections ends,
            Connections rights,
            JdbcUndoOptions options,
            UndoSeal seal,
            @Nullable UndoEncryption encryption) {
        super(seal, encryption);
        Sql sql = new Sql(options.schema().quoted());
        this.begins = begins;
        this.ends = ends;
        this.rights = rights;
        this.writer = new StepWriter(documents(), sql);
        this.reader = new StepReader(documents(), sql);
        this.claims = new RunClaims(rights, sql, options.lease());
    }

    /**
     * Opens the log in a schema that is prepared, see {@link UndoSchema}.
     *
     * @param source opens connections that nobody else uses; up to five of them are kept
     * @param seal seals every record
     * @param encryption encrypts and decrypts arguments and captured state; {@code null} for none
     * @throws UndoLogException when it can't be opened, or is not prepared
     */
    public static JdbcUndoLog open(
            DataSource source, JdbcUndoOptions options, UndoSeal seal, @Nullable UndoEncryption encryption) {
        return open(
                new JdbcUndoLog(
                        connections(source, READERS, options),
                        connections(source, 0, options),
                        connections(source, 0, options),
                        options,
                        seal,
                        encryption),
                options);
    }

    /**
     * Opens the log on one connection for everything.
     *
     * @param source gives the connection, which is kept
     * @throws UndoLogException when it can't be opened, or is not prepared
     */
    public static JdbcUndoLog openOnOneConnection(
            DataSource source, JdbcUndoOptions options, UndoSeal seal, @Nullable UndoEncryption encryption) {
        Connections one = connections(source, 0, options);
        return open(new JdbcUndoLog(one, one, one, options, seal, encryption), options);
    }

    private static Connections connections(DataSource source, int readers, JdbcUndoOptions options) {
        return new Connections(source, readers, options.timeout(), Failure.OF_LOG);
    }

    private static JdbcUndoLog open(JdbcUndoLog log, JdbcUndoOptions options) {
        try {
            log.begins.write(connection -> {
                UndoSchema.require(connection, options);
                return true;
            });
            log.claims.start();
            return log;
        } catch (RuntimeException ex) {
            log.close();
            throw ex;
        }
    }

    @Override
    protected void write(List<PendingStep> batch) {
        this.begins.write(connection -> {
            this.writer.begin(connection, batch);
            return true;
        });
    }

    @Override
    public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
        this.ends.write(connection -> {
            byte[] begun = this.reader.begun(connection, position);
            UndoDocuments.Sealed ended = documents().ended(position, begun, state, fingerprint);
            if (!this.writer.end(connection, position, ended)
                    && !documents().isSame(this.reader.ended(connection, position), ended.bytes())) {
                throw new UndoLogException("Record " + position + " of the undo log has ended already", null);
            }
            return true;
        });
    }

    @Override
    protected byte[] documentAt(long position) {
        return this.begins.read(connection -> this.reader.begun(connection, position));
    }

    @Override
    public List<UndoRecord> findByRun(RunId runId) {
        return this.begins.read(connection -> this.reader.findByRun(connection, runId));
    }

    @Override
    public Optional<Claim> claim(RunId runId) {
        return this.claims.take(runId);
    }

    /** Renews the claims of this process, as it does by itself from time to time. */
    void renewClaims() {
        this.claims.beat();
    }

    /** Closes the connections. Steps that are begun afterwards are refused. */
    @Override
    public void close() {
        this.claims.close();
        this.ends.close();
        this.rights.close();
        this.begins.close();
    }
}
