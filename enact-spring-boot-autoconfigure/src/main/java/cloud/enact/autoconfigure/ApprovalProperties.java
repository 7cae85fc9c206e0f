package cloud.enact.autoconfigure;

import cloud.enact.gate.ApprovalMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Asking people.
 *
 * @param enabled Whether people are asked where policies want that. Otherwise such calls are blocked.
 * @param mode Whether a call that needs an approval is answered at once and to be repeated later (defer), or waits for the answer (wait).
 * @param timeout How long people may take to answer, and an approved call may take to be repeated. Silence is a no.
 * @param maxWait How long a call waits for the answer in mode wait, at most 2m.
 * @param retention How long requests are kept after they have ended. Receipts of them stay.
 * @param open How many requests may wait for people at a time.
 * @param roles Roles of people who may answer through the API and the actuator. None by default.
 * @param groups Who is in which group, by group: addresses of people who answer through links.
 * @param aliases Further names of people, by one of their names: who asks under one of them does not answer under another.
 * @param links Links that answer without a log-in.
 * @param email E-mail to those who are asked.
 * @param webhook An address that requests are posted to.
 * @param slack Messages in Slack.
 */
record ApprovalProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("defer") ApprovalMode mode,
        @DefaultValue("1h") Duration timeout,
        @DefaultValue("1m") Duration maxWait,
        @DefaultValue("30d") Duration retention,
        @DefaultValue @NestedConfigurationProperty Open open,
        @DefaultValue Set<String> roles,
        @DefaultValue Map<String, Set<String>> groups,
        @DefaultValue Map<String, Set<String>> aliases,
        @DefaultValue @NestedConfigurationProperty ApprovalChannelProperties.Links links,
        @DefaultValue @NestedConfigurationProperty ApprovalChannelProperties.Email email,
        @DefaultValue @NestedConfigurationProperty ApprovalChannelProperties.Webhook webhook,
        @DefaultValue @NestedConfigurationProperty ApprovalChannelProperties.Slack slack) {

    /**
     * Open requests.
     *
     * @param maxPerRun How many requests of one run, such as the session of a coding agent, may wait for people. Calls beyond that are denied.
     * @param maxPerRequester How many requests of one requester may wait for people, in all of its runs. Calls beyond that are denied.
     * @param max How many requests may wait for people in all. Calls beyond that are denied.
     */
    record Open(
            @DefaultValue("20") int maxPerRun,
            @DefaultValue("50") int maxPerRequester,
            @DefaultValue("1000") int max) {}
}
