package cloud.enact.connector.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A message that knows whether its text was asked for: only then can a mail server have taken it. */
final class TracedMessage extends MimeMessage {

    private volatile boolean written;

    TracedMessage(Session session) {
        super(session);
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        this.written = true;
        super.writeTo(out, ignoreList);
    }

    boolean isWritten() {
        return this.written;
    }
}
