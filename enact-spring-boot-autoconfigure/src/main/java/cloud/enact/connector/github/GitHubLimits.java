package cloud.enact.connector.github;

import java.time.Duration;

/**
 * How much one request may take.
 *
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long to wait for a whole answer
 * @param answerBytes how large an answer may be
 */
record GitHubLimits(Duration connectTimeout, Duration requestTimeout, int answerBytes) {

    GitHubLimits {
        if (connectTimeout.toMillis() <= 0 || requestTimeout.toMillis() <= 0 || answerBytes <= 0) {
            throw new IllegalArgumentException("A time-out or limit is not positive");
        }
    }

    static GitHubLimits defaults() {
        return new GitHubLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 8 << 20);
    }

    GitHubLimits connecting(Duration timeout) {
        return new GitHubLimits(timeout, this.requestTimeout, this.answerBytes);
    }

    GitHubLimits answering(Duration timeout) {
        return new GitHubLimits(this.connectTimeout, timeout, this.answerBytes);
    }
}
