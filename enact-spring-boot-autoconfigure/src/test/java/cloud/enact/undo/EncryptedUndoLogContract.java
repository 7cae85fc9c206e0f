package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The undo log keeps its promises when it is encrypted, and further ones. */
public abstract class EncryptedUndoLogContract extends UndoLogContract {

    private static final String PRIVATE = "Maria Muster, born 1970-01-01";

    private final KeyRing keys =
            new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), Clock.systemUTC());

    private DocumentUndoLog log;

    /** Opens the log of this test, with or without encryption. */
    protected abstract DocumentUndoLog open(@Nullable UndoEncryption encryption);

    /** All that is kept of the log, as anybody might read it. */
    protected abstract String stored() throws Exception;

    @BeforeEach
    void open() {
        this.log = open(new UndoEncryption(this.keys, Subjects.actors(), true));
    }

    @AfterEach
    void close() {
        this.log.close();
    }

    @Override
    protected UndoLog log() {
        return this.log;
    }

    private ActionRequest action(RunId run, String actor) {
        return new ActionRequest(
                this.ids.next(),
                Run.of(run),
                null,
                "crm.note",
                Map.of(),
                Actor.of(actor),
                null,
                Reversibility.REVERSIBLE,
                Instant.EPOCH);
    }

    private UndoRecord begin(UndoLog log, RunId run) {
        return log.begin(
                run,
                this.ids.next(),
                "crm",
                "note",
                Map.of("person", PRIVATE),
                Reversibility.REVERSIBLE,
                new Capture(new PreState(Map.of("was", PRIVATE)), new Fingerprint(Map.of("is", PRIVATE))));
    }

    @Test
    void nothingThatWasCapturedCanBeReadOnTheDisk() throws Exception {
        RunId run = run();
        UndoRecord record = begin(this.log.about(action(run, "maria")), run);
        this.log.end(record.position(), UndoRecord.State.DONE, new Fingerprint(Map.of("is", PRIVATE + " now")));

        assertThat(stored()).doesNotContain("Muster").contains("\"operation\":\"note\"");
        UndoRecord found = this.log.findByRun(run).get(0);
        assertThat(found.args()).containsEntry("person", PRIVATE);
        assertThat(found.before().values()).containsEntry("was", PRIVATE);
        assertThat(found.fingerprint().values()).containsEntry("is", PRIVATE + " now");
        assertThat(found.state()).isEqualTo(UndoRecord.State.DONE);
    }

    @Test
    void aStepWhoseKeyWasDroppedIsThereWithoutItsContent() {
        RunId run = run();
        UndoRecord marias = begin(this.log.about(action(run, "maria")), run);
        UndoRecord ottos = begin(this.log.about(action(run, "otto")), run);
        UndoRecord besides = begin(this.log.besides(marias), run);
        this.log.end(marias.position(), UndoRecord.State.DONE, new Fingerprint(Map.of("is", PRIVATE)));

        this.keys.drop(this.keys.kidOf("maria").orElseThrow());

        List<UndoRecord> found = this.log.findByRun(run);
        assertThat(found).extracting(UndoRecord::isErased).containsExactly(true, false, true);
        assertThat(found.get(0).args()).isEmpty();
        assertThat(found.get(0).fingerprint().values()).isEmpty();
        assertThat(found.get(0).digest()).isEqualTo(marias.digest());
        assertThat(found.get(0).state()).isEqualTo(UndoRecord.State.DONE);
        assertThat(found.get(1)).isEqualTo(ottos);
        assertThat(besides.isErased()).isFalse();
    }

    @Test
    void aStepWhoseKeyIsDroppedWhileItRunsStillEnds() throws Exception {
        RunId run = run();
        UndoRecord record = begin(this.log.about(action(run, "maria")), run);
        this.keys.drop(this.keys.kidOf("maria").orElseThrow());

        this.log.end(record.position(), UndoRecord.State.DONE, new Fingerprint(Map.of("is", PRIVATE)));
        this.log.end(record.position(), UndoRecord.State.DONE, new Fingerprint(Map.of("is", PRIVATE)));

        assertThat(this.log.findByRun(run).get(0).state()).isEqualTo(UndoRecord.State.DONE);
        assertThat(stored()).doesNotContain("Muster");
    }

    @Test
    void withoutKeysNothingIsReadAndNothingTakenForPlain() {
        RunId run = run();
        begin(this.log.about(action(run, "maria")), run);

        try (DocumentUndoLog without = open(null)) {
            assertThatThrownBy(() -> without.findByRun(run))
                    .isInstanceOf(UndoLogException.class)
                    .hasMessageContaining("no master key is configured")
                    .hasMessageNotContaining("Muster");
        }
    }

    @Test
    void encryptionCanBeSwitchedOnAndOffAgain() {
        RunId run = run();
        UndoRecord during = begin(this.log.about(action(run, "maria")), run);
        close();
        this.log = open(new UndoEncryption(this.keys, Subjects.actors(), false));
        UndoRecord after = begin(this.log.about(action(run, "maria")), run);
        UndoRecord besides = begin(this.log.besides(during), run);
        this.log.end(during.position(), UndoRecord.State.DONE, null);

        assertThat(this.log.findByRun(run)).extracting(UndoRecord::args).containsOnly(Map.of("person", PRIVATE));
        assertThat(this.log.findByRun(run))
                .extracting(UndoRecord::digest)
                .containsExactly(during.digest(), after.digest(), besides.digest());
    }
}
