package cloud.enact.connector.http;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactHttpAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.doubles.http.VendorServer;
import java.nio.file.Path;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application that works with a vendor's API by a shipped pack. */
public final class PackApplication {

    private PackApplication() {}

    /**
     * An application whose connector has the name of its pack.
     *
     * @param directory keeps its undo data
     * @param operations allowed ones, with commas between them
     */
    public static ApplicationContextRunner with(
            Path directory, String pack, VendorServer vendor, String operations, String... properties) {
        String connector = "enact.http.connectors." + pack + ".";
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactHttpAutoConfiguration.class,
                        EnactWorkflowAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + directory.resolve("undo"),
                        // a look-up over the network takes its time on a busy machine
                        "enact.policy-timeout=30s",
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        connector + "pack=" + pack,
                        connector + "base-url=" + vendor.url(),
                        connector + "allow-private=true",
                        connector + "operations=" + operations)
                .withPropertyValues(properties);
    }
}
