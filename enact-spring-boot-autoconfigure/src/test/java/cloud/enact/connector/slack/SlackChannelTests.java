package cloud.enact.connector.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.connector.ConnectorReadiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which channels a connector may use. */
class SlackChannelTests {

    private SlackWorkspace workspace;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        this.workspace = new SlackWorkspace(temp);
    }

    @AfterEach
    void stop() throws Exception {
        this.workspace.close();
    }

    @Test
    void withoutChannelsNoneIsAllowed() {
        SlackConnector none = SlackConnector.token(SlackWorkspace.TOKEN)
                .endpoint(this.workspace.slack().endpoint())
                .operations(SlackWorkspace.ALL)
                .build(this.workspace.steps());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.postMessage("C01", "hello"))
                .withMessageContaining("channel is not allowed");
    }

    @Test
    void aChannelIsAllowedByNameUnderItsIdAndByIdUnderItsName() {
        allowing("general").postMessage("C01", "one");
        allowing("general").postMessage("#general", "two");
        allowing("C01").postMessage("general", "three");
        allowing("C01").postMessage("C01", "four");
        allowing("gen*").postMessage("general", "five");
        allowing("*").postMessage("C01", "six");
        allowing("C0*").postMessage("C01", "seven");

        assertThat(this.workspace.slack().texts("C01")).hasSize(7);
    }

    @Test
    void anotherChannelIsRefusedUnderItsNameAndUnderItsId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> allowing("general").postMessage("deploys", "x"));
        assertThatThrownBy(() -> allowing("general").postMessage("C02", "x")).hasMessageContaining("not allowed");
        assertThatThrownBy(() -> allowing("C01").postMessage("deploys", "x")).hasMessageContaining("not allowed");
        assertThatIllegalArgumentException().isThrownBy(() -> allowing("C01").postMessage("C02", "x"));

        assertThat(this.workspace.slack().calls()).doesNotContain("chat.postMessage");
    }

    @Test
    void conversationsBetweenFewAreAllowedByTheirIdOnly() {
        for (String star : List.of("*", "C*", "mpdm-*", "ann")) {
            for (String conversation : List.of("D01", "C04")) {
                assertThatThrownBy(() -> allowing(star).postMessage(conversation, "psst"))
                        .as(star + " and " + conversation)
                        .hasMessageContaining("not allowed");
            }
        }

        allowing("D01").postMessage("D01", "hello");
        allowing("C04").postMessage("C04", "hello");
        assertThat(this.workspace.slack().texts("D01")).containsExactly("hello");
    }

    @Test
    void aChannelThatWasRenamedIsNoLongerTheOneThatWasAllowed() {
        SlackConnector connector = allowing("general");
        connector.postMessage("general", "one");
        this.workspace.slack().rename("C01", "old-general");
        this.workspace.slack().rename("C02", "general");

        connector.postMessage("general", "two");

        assertThat(this.workspace.slack().texts("C01")).containsExactly("one");
        assertThat(this.workspace.slack().texts("C02")).containsExactly("two");
        assertThatThrownBy(() -> connector.postMessage("C01", "three")).hasMessageContaining("not allowed");
    }

    @Test
    void aNameThatNobodyHasIsSaidToBeSo() {
        assertThatThrownBy(() -> allowing("*").postMessage("nowhere", "x"))
                .hasMessageContaining("There is no channel of this name");
    }

    @Test
    void whatIsNoChannelIsRefusedInConfiguration() {
        for (String pattern : List.of("", "General", "@ann", "two words", "U01")) {
            assertThatIllegalArgumentException().as(pattern).isThrownBy(() -> allowing(pattern));
        }
    }

    @Test
    void lookingUpChannelsNeedsAScopeThatIsMissedAtTheStart() {
        this.workspace
                .slack()
                .app("xoxb-2", "UBOT", "chat:write", "channels:history", "reactions:read", "reactions:write");

        assertThat(this.workspace
                        .connector("xoxb-2", this.workspace.steps(), builder -> builder)
                        .check()
                        .detail())
                .contains("channels:read");
        assertThat(SlackConnector.token("xoxb-2")
                        .endpoint(this.workspace.slack().endpoint())
                        .operations(SlackWorkspace.ALL)
                        .channels(Set.of("C01"))
                        .build(this.workspace.steps())
                        .check()
                        .state())
                .isEqualTo(ConnectorReadiness.State.READY);
    }

    private SlackConnector allowing(String pattern) {
        return SlackConnector.token(SlackWorkspace.TOKEN)
                .endpoint(this.workspace.slack().endpoint())
                .operations(SlackWorkspace.ALL)
                .channels(Set.of(pattern))
                .build(this.workspace.steps());
    }
}
