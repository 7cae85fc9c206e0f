package cloud.enact.rollback;

import cloud.enact.action.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A second process that rolls a run back, and pays when its standard input says so or ends. */
final class SlowRollback {

    private SlowRollback() {}

    public static void main(String[] args) {
        Runnable wait = () -> {
            System.out.println("paying");
            try {
                int told = System.in.read();
                System.err.println("told " + told);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        };
        try (RefundDesk desk = new RefundDesk(Path.of(args[0]), wait)) {
            System.out.println("result " + desk.rollback(RunId.parse(args[1])).result());
        }
        System.exit(0);
    }
}
