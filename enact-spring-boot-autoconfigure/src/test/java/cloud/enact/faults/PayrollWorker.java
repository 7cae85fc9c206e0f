package cloud.enact.faults;

import cloud.enact.EnactAction;
import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalListener;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import cloud.enact.autoconfigure.EnactApprovalStoreAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcApprovalAutoConfiguration;
import cloud.enact.gate.ActionBlockedException;
import cloud.enact.gate.ApprovalRequiredException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** A JVM that pays when a person has approved it, and is killed meanwhile. */
final class PayrollWorker {

    /** People have been asked: ticket. */
    static final String ASKED = "ASKED";

    /** People are being asked: ticket. */
    static final String WAITING = "WAITING";

    private PayrollWorker() {}

    /**
     * Asks, says so, and waits for its end.
     *
     * @param args folder, and properties
     */
    public static void main(String[] args) throws IOException {
        FileOutputStream out = Report.standardOutput();
        String[] properties = Arrays.copyOfRange(args, 1, args.length);
        try (ConfigurableApplicationContext context = start(Path.of(args[0]), properties)) {
            context.getBean(Told.class).out = out;
            try {
                context.getBean(Payroll.class).pay(900);
            } catch (ApprovalRequiredException ex) {
                Report.write(out, ASKED, ex.getTicket().toString());
            }
            while (System.in.read() >= 0) {
                // until somebody kills it
            }
        }
    }

    static ConfigurableApplicationContext start(Path folder, String... properties) {
        return new ChildApplication(Application.class)
                .with(
                        "enact.receipts.file=" + Worker.store(folder),
                        "test.paid=" + folder.resolve("paid.txt"),
                        "enact.approval.enabled=true",
                        "enact.actor.id=ann@example.com",
                        "enact.policies[0].name=look-at-it",
                        "enact.policies[0].on=payroll.pay",
                        "enact.policies[0].ask=true")
                .with(properties)
                .start();
    }

    /** The ticket that a child says a word about, as soon as it does. */
    static UUID ticket(Child child, String word) throws IOException {
        child.readUntil(word, 1);
        return child.reports().stream()
                .filter(report -> report.word().equals(word))
                .map(report -> UUID.fromString(report.values().get(0)))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a payment that takes an approval goes through. */
    static boolean goesThrough(ConfigurableApplicationContext context) {
        try {
            context.getBean(Payroll.class).pay(900);
            return true;
        } catch (ActionBlockedException ex) {
            return false;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @ImportAutoConfiguration({
        EnactJdbcApprovalAutoConfiguration.class,
        EnactApprovalStoreAutoConfiguration.class,
        EnactApprovalAutoConfiguration.class
    })
    static class Application {

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnProperty("test.url")
        @Import(ChildApplication.Database.class)
        static class InDatabase {}

        @Bean
        Payroll payroll(Environment environment) {
            return new Payroll(Path.of(environment.getRequiredProperty("test.paid")));
        }

        @Bean
        Told told() {
            return new Told();
        }
    }

    /** Tells that people are asked. */
    static class Told implements ApprovalListener {

        private volatile FileOutputStream out;

        @Override
        public void requested(ApprovalRequest request) {
            if (this.out != null) {
                Report.write(this.out, WAITING, request.id().toString());
            }
        }

        @Override
        public void answered(ApprovalRequest request, ApprovalAnswer answer) {
            // who answers is the test
        }

        @Override
        public void ended(ApprovalRequest request, ApprovalState end) {
            // nothing ends here
        }
    }

    /** Pays by writing a line into a file. */
    static class Payroll {

        private final Path paid;

        Payroll(Path paid) {
            this.paid = paid;
        }

        @EnactAction("payroll.pay")
        public void pay(long amount) {
            try {
                Files.writeString(this.paid, amount + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
