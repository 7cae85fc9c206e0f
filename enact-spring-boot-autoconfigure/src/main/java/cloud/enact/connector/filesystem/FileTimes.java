package cloud.enact.connector.filesystem;

import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** Times of files as text that loses nothing: {@code seconds.nanoseconds} since 1970. */
final class FileTimes {

    private FileTimes() {}

    static String text(FileTime time) {
        Instant instant = time.toInstant();
        return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException when it is no time
     */
    static FileTime of(String text) {
        int dot = text.indexOf('.');
        try {
            return FileTime.from(Instant.ofEpochSecond(
                    Long.parseLong(text.substring(0, Math.max(0, dot))), Long.parseLong(text.substring(dot + 1))));
        } catch (DateTimeException ex) {
            throw new IllegalArgumentException("A record of the filesystem connector holds an impossible time");
        }
    }
}
