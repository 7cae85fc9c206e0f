package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalLinksTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final Instant END = NOW.plusSeconds(3600);

    private static final UUID REQUEST = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private final ApprovalLinks links = at(NOW);

    private final ApprovalLinks.Link link = new ApprovalLinks.Link(REQUEST, false, "ann@enact.example", "email");

    private static ApprovalLinks at(Instant now) {
        return new ApprovalLinks(new TestSeal(), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aLinkComesBackAsItWasMade() {
        assertThat(this.links.read(this.links.token(this.link, END))).isEqualTo(this.link);
    }

    @Test
    void aLinkIsShortAndNeedsNoEscapes() {
        assertThat(this.links.token(this.link, END)).matches("[A-Za-z0-9._~-]{100,200}");
    }

    @Test
    void noCharacterOfALinkCanBeAnother() {
        String token = this.links.token(this.link, END);
        for (int i = 0; i < token.length(); i++) {
            char other = (token.charAt(i) == 'A') ? 'B' : 'A';
            assertNoLink(token.substring(0, i) + other + token.substring(i + 1));
        }
    }

    @Test
    void aLinkThatDeniesDoesNotBecomeOneThatApproves() {
        String token = this.links.token(this.link, END);
        String tag = token.substring(token.indexOf('.'));
        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        bytes[1] = 1;

        assertNoLink(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + tag);
    }

    @Test
    void theSealOfOneLinkFitsNoOther() {
        String deny = this.links.token(this.link, END);
        String approve = this.links.token(new ApprovalLinks.Link(REQUEST, true, "ann@enact.example", "email"), END);

        assertNoLink(approve.substring(0, approve.indexOf('.')) + deny.substring(deny.indexOf('.')));
    }

    @Test
    void aLinkOfAnotherSecretIsNone() {
        ApprovalLinks others = new ApprovalLinks(
                new TestSeal("another-secret-that-is-long-enough-too"), Clock.fixed(NOW, ZoneOffset.UTC));

        assertNoLink(others.token(this.link, END));
    }

    @Test
    void aLinkEndsWithItsRequest() {
        String token = this.links.token(this.link, END);

        assertThat(at(END.minusSeconds(1)).read(token)).isEqualTo(this.link);
        assertThatExceptionOfType(ApprovalLinkException.class)
                .isThrownBy(() -> at(END).read(token))
                .withMessageContaining("expired")
                .satisfies(ex -> assertThat(ex.isExpired()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.b", ".a~b", "AQ.k~AA", "=.=", "%2e", "..", "A A.k~b"})
    void anythingElseIsNoLink(String token) {
        assertNoLink(token);
    }

    @Test
    void aVeryLongTextIsNotLookedAt() {
        assertNoLink("A".repeat(1_000_000) + ".k~a");
        assertNoLink(this.links.token(this.link, END) + "A".repeat(ApprovalLinks.MAX_LENGTH));
    }

    @Test
    void aNameThatIsTooLongGetsNoLink() {
        ApprovalLinks.Link longest = new ApprovalLinks.Link(REQUEST, true, "ü".repeat(200), "email");

        assertThatIllegalArgumentException().isThrownBy(() -> this.links.token(longest, END));
    }

    private void assertNoLink(String token) {
        assertThatExceptionOfType(ApprovalLinkException.class)
                .isThrownBy(() -> this.links.read(token))
                .satisfies(ex -> assertThat(ex.isExpired()).isFalse());
    }
}
