package cloud.enact.autoconfigure;

import org.jspecify.annotations.Nullable;

/** Libraries that asking people takes and an application may not have: a missing one ends the start with advice. */
final class ApprovalLibraries {

    private static final String MAIL =
            "Add the dependency org.springframework.boot:spring-boot-starter-mail to the application.";

    private final Libraries libraries;

    ApprovalLibraries(@Nullable ClassLoader loader) {
        this.libraries = new Libraries(loader);
    }

    void requirePages() {
        this.libraries.requirePages(
                "Links for approvals are switched on, and nothing is there to make their page with.",
                "enact.approval.links.enabled");
    }

    void requireMail() {
        String problem = "People are to be asked by e-mail, and nothing is there to send it with.";
        this.libraries.require("jakarta.mail.internet.MimeMessage", problem, MAIL);
        this.libraries.require("org.springframework.mail.javamail.JavaMailSender", problem, MAIL);
    }

    void requireSlack() {
        this.libraries.require(
                "com.slack.api.Slack",
                "People are to be asked in Slack, and its client is not there.",
                "Add the dependency com.slack.api:slack-api-client to the application.");
    }
}
