package cloud.enact.autoconfigure;

import cloud.enact.console.ConsoleCredential;
import cloud.enact.console.ConsoleSettings;
import cloud.enact.gate.EnactStartupException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Who may use the console, as configured, and what it takes. */
final class ConsoleAccess {

    private static final Log logger = LogFactory.getLog(ConsoleAccess.class);

    private static final String CREDENTIAL_FILE = "console-credential";

    private final EnactProperties properties;

    private final Libraries libraries;

    ConsoleAccess(EnactProperties properties, ClassLoader classLoader) {
        this.properties = properties;
        this.libraries = new Libraries(classLoader);
    }

    ConsoleSettings settings() {
        ConsoleProperties console = this.properties.console();
        this.libraries.requirePages(
                "enact.console.enabled is set, but what makes pages is not on the class path.",
                "enact.console.enabled");
        if (!console.roles().isEmpty()) {
            this.libraries.require(
                    "org.springframework.security.web.SecurityFilterChain",
                    "enact.console.roles is set, but nobody has a role: Spring Security is not on the class path.",
                    "Add Spring Security to the application, or leave enact.console.roles out to sign in with the"
                            + " console credential.");
        }
        try {
            return new ConsoleSettings(console.path(), console.loopback(), console.roles(), console.badges());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "enact.console.path can't be used. " + ex.getMessage() + ".",
                    "Set enact.console.path to such a path, or leave it out.",
                    ex);
        }
    }

    ConsoleCredential credential() {
        ConsoleProperties console = this.properties.console();
        ReceiptProperties receipts = this.properties.receipts();
        Path configured = console.credentialFile();
        if (configured == null && receipts.store() == ReceiptProperties.StoreKind.MEMORY) {
            return ConsoleCredential.inMemory(ConsoleAccess::show);
        }
        Path file = (configured != null) ? configured : receipts.file().resolveSibling(CREDENTIAL_FILE);
        try {
            return ConsoleCredential.inFile(file, ConsoleAccess::show);
        } catch (IOException ex) {
            throw new EnactStartupException(
                    "The file of the console credential, " + file + ", can't be used: " + ex.getMessage() + ".",
                    "Make it readable and writable for this application alone, delete it to have a new credential made,"
                            + " or set enact.console.credential-file to another one.",
                    ex);
        }
    }

    /** Once, on the terminal of whoever starts the application; in the log only where there is no terminal. */
    private static void show(String credential) {
        String text = "Console credential, shown this once: " + credential
                + " - whoever has it can approve and roll back, so keep it from every agent";
        Console terminal = System.console();
        if (terminal != null) {
            terminal.writer().println(text);
            terminal.flush();
        } else {
            logger.warn(text);
        }
    }
}
