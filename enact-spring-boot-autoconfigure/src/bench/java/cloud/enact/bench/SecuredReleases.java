package cloud.enact.bench;

import java.util.Map;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;

/** The measured method as many applications guard it today: a role is asked for, an audit event is published. */
class SecuredReleases {

    private final ApplicationEventPublisher events;

    SecuredReleases(ApplicationEventPublisher events) {
        this.events = events;
    }

    @PreAuthorize("hasRole('release-manager')")
    public String push(String repository, String branch, String path, String sql, String message) {
        String result = new Migration(repository, branch, path, sql, message).perform();
        this.events.publishEvent(new AuditApplicationEvent(
                "maria@example.org",
                "git.push_migration",
                Map.of("repository", repository, "branch", branch, "path", path, "sql", sql, "message", message)));
        return result;
    }
}
