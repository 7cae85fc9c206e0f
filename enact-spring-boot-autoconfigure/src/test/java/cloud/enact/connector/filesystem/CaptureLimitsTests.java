package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.undo.BeyondLimitsException;
import cloud.enact.undo.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CaptureLimitsTests {

    private static final long GIB = 1024L * 1024 * 1024;

    private final CaptureLimits limits = new CaptureLimits(3, 100);

    private static void put(BlobStore blobs, int bytes) throws IOException {
        blobs.put(new ByteArrayInputStream(new byte[bytes]));
    }

    @Test
    void copiesTakeRoom() throws IOException {
        BlobStore blobs = this.limits.bounding(new FileStep.Digesting());
        put(blobs, 60);

        assertThat(this.limits.leaveRoomFor(2, 40)).isTrue();
        assertThat(this.limits.leaveRoomFor(3, 40)).isFalse();
        assertThat(this.limits.leaveRoomFor(1, 41)).isFalse();
        assertThatExceptionOfType(BeyondLimitsException.class)
                .isThrownBy(() -> put(blobs, 41))
                .withMessage("more than 100 bytes would have to be captured");
    }

    @Test
    void whatIsKeptElsewhereTakesNone() throws IOException {
        BlobStore blobs = this.limits.bounding(new FileStep.Digesting());
        for (int i = 0; i < 10; i++) {
            this.limits.kept(1000);
        }

        put(blobs, 100);
        put(this.limits.boundingManifests(new FileStep.Digesting()), 10 * 2048);
        assertThat(this.limits.leaveRoomFor(1, 0)).isTrue();
        assertThatExceptionOfType(BeyondLimitsException.class)
                .isThrownBy(() -> put(this.limits.boundingManifests(new FileStep.Digesting()), 1));
    }

    @Test
    void howMuchIsKeptIsBoundedAsWell() {
        this.limits.kept(GIB - 5);

        assertThat(this.limits.allowKept(5)).isTrue();
        assertThat(this.limits.allowKept(6)).isFalse();
        for (int i = 1; i < 50_000; i++) {
            assertThat(this.limits.allowKept(0)).isTrue();
            this.limits.kept(0);
        }
        assertThat(this.limits.allowKept(0)).isFalse();
    }

    @Test
    void whatWasKeptIsLookedAtAgainAfterwards() throws IOException {
        this.limits.kept(1000);
        this.limits.kept(1000);

        BlobStore blobs = this.limits.anew().bounding(new FileStep.Digesting());
        for (int i = 0; i < 5; i++) {
            put(blobs, 420);
        }
        assertThatExceptionOfType(BeyondLimitsException.class).isThrownBy(() -> put(blobs, 0));
    }
}
