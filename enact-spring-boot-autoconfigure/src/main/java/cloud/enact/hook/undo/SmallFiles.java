package cloud.enact.hook.undo;

import cloud.enact.connector.filesystem.CaptureLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;

/** Knows when copying costs less than asking whether somebody has a copy already. */
final class SmallFiles {

    private static final int FEW = 8;

    private static final long SMALL = 64 * 1024;

    private SmallFiles() {}

    /** Whether paths are a few small files, or nothing yet, that may be copied. */
    static boolean areAll(Collection<Path> paths, CaptureLimits limits) {
        long bytes = 0;
        if (paths.size() > FEW) {
            return false;
        }
        for (Path path : paths) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    BasicFileAttributes seen =
                            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (seen.isDirectory()) {
                        return false;
                    }
                    bytes += seen.size();
                } catch (IOException ex) {
                    // gone since, or not to be read, which whoever captures it finds as well
                    return false;
                }
            }
        }
        return bytes <= SMALL && limits.leaveRoomFor(paths.size(), bytes);
    }
}
