package cloud.enact.connector.slack;

/**
 * What steps work with.
 *
 * @param access who the token is and what it may
 * @param channels channels that may be used
 * @param messages messages and reactions
 */
record SlackSite(SlackAccess access, SlackChannels channels, SlackMessages messages) {}
