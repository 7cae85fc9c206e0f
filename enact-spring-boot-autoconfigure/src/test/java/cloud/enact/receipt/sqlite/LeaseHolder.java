package cloud.enact.receipt.sqlite;

import cloud.enact.action.IdGenerator;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A second application on the same file, in a JVM of its own, until it is killed. */
final class LeaseHolder {

    private LeaseHolder() {}

    public static void main(String[] args) throws IOException {
        SqliteReceiptStore store = SqliteReceiptStore.open(Path.of(args[0]));
        LogLease lease = store.lease(IdGenerator.uuidV7(Clock.systemUTC()));
        ReceiptLog log = ReceiptLog.groupCommit(
                lease.log(),
                store,
                ReceiptSigner.hs256(Drafts.SECRET),
                Masking.defaults(),
                ReceiptLogOptions.defaults(),
                Clock.systemUTC());
        log.append(Drafts.decided(Drafts.run()));
        System.out.println("leased " + lease.log());
        // ends by being killed, or when the test that started it is gone
        int ended = System.in.read();
        System.exit(ended);
    }
}
