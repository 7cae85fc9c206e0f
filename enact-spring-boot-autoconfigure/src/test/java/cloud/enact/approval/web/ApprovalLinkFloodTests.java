package cloud.enact.approval.web;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.SampleApprovals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that nobody's browser sends to the page behind links. */
@SpringBootTest(classes = LinkApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ApprovalLinkFloodTests {

    private final ApprovalStore store;

    private final ApprovalLinks links;

    private final String address;

    private final HttpClient client = HttpClient.newHttpClient();

    ApprovalLinkFloodTests(@Autowired ApprovalStore store, @Autowired ApprovalLinks links, @LocalServerPort int port) {
        this.store = store;
        this.links = links;
        this.address = "http://localhost:" + port + "/enact/approvals/links/";
    }

    @Test
    void fieldsThatCannotBeReadAnswerNothingAndAreNotInTheLog(CapturedOutput output) throws Exception {
        ApprovalRequest request = this.store.open(
                new SampleApprovals(Instant.now()).request(UUID.randomUUID().toString()));
        String token = this.links.token(
                new ApprovalLinks.Link(request.id(), true, "ann@enact.example", "email"),
                request.terms().expiresAt());
        for (String each : new String[] {token, "none"}) {
            for (String form : new String[] {
                "answer=approve&reason=%zz",
                "answer=approve&" + "a=b&".repeat(20_000),
                "answer=approve&reason=" + "a".repeat(3_000_000),
                "answer=deny&answer=approve"
            }) {
                HttpResponse<String> answer = this.client.send(
                        HttpRequest.newBuilder(URI.create(this.address + each))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

                assertThat(answer.statusCode()).isIn(400, 403, 404);
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .isPresent();
            }
        }

        assertThat(this.store.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.PENDING);
        assertThat(output).doesNotContain("Servlet.service()", "Exception", token);
    }
}
