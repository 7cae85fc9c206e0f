package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModesTests {

    @Test
    void modesAreWrittenAsLsWritesThem() {
        assertThat(List.of(Modes.text(06755), Modes.text(01777), Modes.text(07000), Modes.text(0640)))
                .containsExactly("rwsr-sr-x", "rwxrwxrwt", "--S--S--T", "rw-r-----");
        for (int mode = 0; mode <= 07777; mode++) {
            assertThat(Modes.bits(Modes.text(mode))).isEqualTo(mode);
            assertThat(PosixFilePermissions.toString(PosixFilePermissions.fromString(Modes.plain(Modes.text(mode)))))
                    .isEqualTo(Modes.text(mode & 0777));
            assertThat(Modes.bits(Modes.withoutSetId(Modes.text(mode)))).isEqualTo(mode & 01777);
        }
    }

    @Test
    void otherTextIsNoMode() {
        for (String text : List.of("", "rwx", "rwxrwxrwxrwx", "rwsrwsrwsx", "sssssssss", "rwxrwxrw!")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Modes.bits(text));
        }
    }
}
