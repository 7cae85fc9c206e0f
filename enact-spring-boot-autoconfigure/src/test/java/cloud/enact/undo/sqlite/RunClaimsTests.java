package cloud.enact.undo.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.RunId;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunClaimsTests {

    @TempDir
    private Path folder;

    private RunClaims claims() {
        return new RunClaims(this.folder.resolve("enact.db"));
    }

    @Test
    void aRunWithTheSameRandomBitsWaits() {
        RunClaims claims = claims();
        RunId first = RunId.parse("019aa0b2-7d3e-7c41-8f5a-2f6f3a1f0c9d");
        RunId second = RunId.parse("019aa0b2-7d3f-7c41-8f5a-2f6f3a1f0c9d");

        UndoLog.Claim claim = claims.take(first).orElseThrow();
        Optional<UndoLog.Claim> meanwhile = claims.take(second);
        claim.close();

        assertThat(meanwhile).isEmpty();
        assertThat(claims.take(second)).hasValueSatisfying(UndoLog.Claim::close);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInThePlaceOfTheLockFileHoldsNobodyUp() throws Exception {
        Path pipe = this.folder.resolve("enact.db.rollback.lock");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(UndoLogException.class)
                .isThrownBy(() -> claims().take(RunId.parse("019aa0b2-7d3e-7c41-8f5a-2f6f3a1f0c9d")))
                .withMessageContaining("lock file");
    }
}
