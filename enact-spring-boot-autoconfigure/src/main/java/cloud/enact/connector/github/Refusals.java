package cloud.enact.connector.github;

import cloud.enact.action.ShortText;
import cloud.enact.connector.github.GitHubException.Kind;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are not the hoped-for ones, in a sentence with GitHub's own words. Thread-safe. */
final class Refusals {

    private static final int MOST_CHARACTERS = 400;

    private final JsonMapper json;

    private final String token;

    private final Clock clock;

    Refusals(JsonMapper json, String token, Clock clock) {
        this.json = json;
        this.token = token;
        this.clock = clock;
    }

    /**
     * Reads an answer.
     *
     * @param answer what GitHub said
     * @param change whether it was asked to change something
     */
    GitHubException of(HttpResponse<byte[]> answer, boolean change) {
        int status = answer.statusCode();
        String said = words(answer.body());
        String heard = "GitHub said " + status + (said.isEmpty() ? "" : ": " + said);
        Duration wait = wait(answer, said);
        if (wait != null) {
            return refusal(
                    Kind.UNAVAILABLE,
                    status,
                    heard + " (rate limit; try again in " + wait.toSeconds() + " seconds)"
                            + (change ? ", so the change was not made" : ""));
        }
        if (status >= 500 || status < 300) {
            return change
                    ? refusal(Kind.IN_DOUBT, status, heard + "; the change may have happened")
                    : refusal(Kind.UNAVAILABLE, status, heard);
        }
        if (status < 400) {
            return refusal(
                    Kind.REFUSED, status, heard + "; the repository has moved, so use its new name and allow that");
        }
        return switch (status) {
            case 401 -> refusal(Kind.REFUSED, status, heard + "; the token is not valid (any more)");
            case 404, 410 ->
                refusal(Kind.NOT_FOUND, status, heard + "; it does not exist, or the token may not see it");
            default -> refusal(Kind.REFUSED, status, heard);
        };
    }

    private static GitHubException refusal(Kind kind, int status, String message) {
        return new GitHubException(kind, status, message, null);
    }

    /** What somebody said, fit to be shown: short, on one line, without the token if it comes back. */
    String shown(String text) {
        String hidden = this.token.isEmpty() ? text : text.replace(this.token, "***");
        String line = hidden.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return ShortText.of(line, MOST_CHARACTERS);
    }

    private String words(byte[] body) {
        JsonNode read;
        try {
            read = this.json.readTree(body);
        } catch (JacksonException ex) {
            // a proxy's page says nothing
            return "";
        }
        StringBuilder words = new StringBuilder(read.path("message").asString(""));
        for (JsonNode error : read.path("errors")) {
            String detail = error.isString()
                    ? error.stringValue()
                    : error.path("message")
                            .asString(error.path("field").asString("") + " "
                                    + error.path("code").asString(""));
            words.append(words.isEmpty() ? "" : "; ").append(detail.strip());
        }
        return shown(words.toString());
    }

    /** How long it wants to be left alone; {@code null} when that is not what it is about. */
    private @Nullable Duration wait(HttpResponse<byte[]> answer, String said) {
        if (answer.statusCode() != 403 && answer.statusCode() != 429) {
            return null;
        }
        Optional<Long> after = number(answer, "Retry-After");
        if (after.isPresent()) {
            return Duration.ofSeconds(after.get());
        }
        if (number(answer, "X-RateLimit-Remaining").equals(Optional.of(0L))) {
            Instant reset = number(answer, "X-RateLimit-Reset")
                    .map(Instant::ofEpochSecond)
                    .orElse(now(answer).plusSeconds(60));
            Duration left = Duration.between(now(answer), reset);
            return left.isNegative() ? Duration.ZERO : left;
        }
        boolean secondary = answer.statusCode() == 429 || said.contains("secondary rate limit");
        return secondary ? Duration.ofSeconds(60) : null;
    }

    /** Its own clock tells how long it is until its own instants. */
    private Instant now(HttpResponse<byte[]> answer) {
        try {
            return answer.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElseGet(this.clock::instant);
        } catch (DateTimeException ex) {
            return this.clock.instant();
        }
    }

    private static Optional<Long> number(HttpResponse<byte[]> answer, String header) {
        return answer.headers()
                .firstValue(header)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
    }
}
