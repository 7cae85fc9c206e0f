package cloud.enact.cli;

import cloud.enact.undo.OwnerOnly;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a command makes: new, and readable for its owner only. */
final class NewFile {

    private static final int BUFFER = 1 << 16;

    private NewFile() {}

    /** Writes what goes into a file. */
    @FunctionalInterface
    interface Content<T> {

        T writeTo(OutputStream out) throws IOException;
    }

    static <T> T write(Path file, Content<T> content) {
        try (OutputStream out = new BufferedOutputStream(Channels.newOutputStream(OwnerOnly.newFile(file)), BUFFER)) {
            return content.writeTo(out);
        } catch (FileAlreadyExistsException ex) {
            throw new CommandException("The file " + file + " is there already; name a new one");
        } catch (NoSuchFileException ex) {
            throw new CommandException("The file " + file + " can't be made: its folder is not there");
        } catch (IOException ex) {
            throw new CommandException("The file " + file + " can't be written");
        }
    }
}
