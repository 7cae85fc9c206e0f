package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.approval.ApprovalRefusedException;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

/** Policies that say how many people have to approve, and who. */
class ApprovalQuorumTests {

    private static final Approver BOB = new Approver("bob", Set.of("finance"), "test");

    private static final Approver CAROL = new Approver("carol", Set.of("finance", "legal"), "test");

    private static final Approver DAVE = new Approver("dave", Set.of("sales"), "test");

    @TempDir
    Path directory;

    @Test
    void policyWantsTwoPeopleOfAGroup() {
        Refunds.application(this.directory)
                .withPropertyValues("enact.policies[0].approvers=2", "enact.policies[0].groups[0]=finance")
                .run(this::assertTakesTwoOfFinance);
    }

    @Test
    void policyOfAFileWantsTwoPeopleOfAGroup() throws IOException {
        Path file = Files.writeString(this.directory.resolve("policies.yaml"), """
                policies:
                  - name: big-refunds
                    "on": billing.refund
                    ask: args.amount > 500
                    approvers: 2
                    groups: [finance]
                """);
        Refunds.application(this.directory)
                .withPropertyValues("enact.policies[0].ask=false", "enact.policy-files=" + file.toUri())
                .run(this::assertTakesTwoOfFinance);
    }

    @Test
    void nobodyAnswersForThemselvesUnderAnotherName() {
        Refunds.application(this.directory)
                .withPropertyValues("enact.approval.aliases.ann=a.smith@example.org,U024BE7LH")
                .run(context -> {
                    UUID ticket = Refunds.ask(context, 900);

                    for (String name : List.of("ann", "A.Smith@example.org", "U024BE7LH")) {
                        assertThatExceptionOfType(ApprovalRefusedException.class)
                                .as(name)
                                .isThrownBy(() -> Refunds.approvals(context)
                                        .answer(ticket, new Approver(name, Set.of("finance"), "test"), true, null))
                                .withMessageContaining("Whoever asks");
                    }
                    Refunds.approvals(context).answer(ticket, BOB, true, null);
                });
    }

    @Test
    void nameOfTwoPeopleIsRefusedAtTheStart() {
        Refunds.application(this.directory)
                .withPropertyValues("enact.approval.aliases.ann=boss", "enact.approval.aliases.bob=Boss")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("is the name of two people"));
    }

    @Test
    void annotationWantsTwoPeopleOfAGroup() {
        Refunds.application(this.directory).withBean(Vault.class).run(context -> {
            Vault vault = context.getBean(Vault.class);
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(vault::open)
                    .satisfies(asked -> {
                        assertThat(Refunds.request(context, asked.getTicket())
                                        .terms()
                                        .approvers())
                                .isEqualTo(2);
                        assertThat(Refunds.request(context, asked.getTicket())
                                        .terms()
                                        .groups())
                                .containsExactly("finance");
                    });
        });
    }

    static class Vault {

        @EnactAction("vault.open")
        @Policy(ask = "true", reason = "Two of finance open it", approvers = 2, groups = "finance")
        public void open() {}
    }

    @Test
    void callThatIsTooLargeToBeShownIsBlockedAndBothersNobody() {
        Refunds.application(this.directory)
                .withBean(Letters.class)
                .withPropertyValues("enact.receipts.size=1MB")
                .run(context -> {
                    Letters letters = context.getBean(Letters.class);

                    assertThatExceptionOfType(ActionBlockedException.class)
                            .isThrownBy(() -> letters.send(Collections.nCopies(300, "x".repeat(1000))))
                            .isNotInstanceOf(ApprovalRequiredException.class)
                            .withMessageContaining("at most 256 KB");
                    assertThat(Refunds.approvals(context).findNewest(null, 10)).isEmpty();
                });
    }

    static class Letters {

        @EnactAction("letters.send")
        @Policy(ask = "true", reason = "A person reads each letter")
        public void send(List<String> pages) {}
    }

    private void assertTakesTwoOfFinance(ApplicationContext context) {
        UUID ticket = Refunds.ask(context, 900);
        assertThatExceptionOfType(ApprovalRefusedException.class)
                .isThrownBy(() -> Refunds.approvals(context).answer(ticket, DAVE, true, null));
        Refunds.approvals(context).answer(ticket, BOB, true, null);
        assertThat(Refunds.ask(context, 900)).as("one is not enough").isEqualTo(ticket);
        assertThatExceptionOfType(ApprovalRefusedException.class)
                .isThrownBy(() -> Refunds.approvals(context).answer(ticket, BOB, true, null));

        Refunds.approvals(context).answer(ticket, CAROL, true, null);

        assertThat(Refunds.of(context).refund(900)).isEqualTo("refunded 900");
        assertThat(Refunds.request(context, ticket).state()).isEqualTo(ApprovalState.USED);
    }

    @Test
    void strictestOfSeveralPoliciesCounts() {
        Refunds.application(this.directory)
                .withPropertyValues(
                        "enact.policies[0].groups[0]=finance",
                        "enact.policies[0].groups[1]=legal",
                        "enact.policies[1].name=odd",
                        "enact.policies[1].ask=args.amount > 1",
                        "enact.policies[1].approvers=3",
                        "enact.policies[1].groups[0]=legal",
                        "enact.policies[1].groups[1]=board",
                        "enact.policies[1].on=billing.refund")
                .run(context -> assertThat(Refunds.request(context, Refunds.ask(context, 900))
                                .terms())
                        .satisfies(terms -> assertThat(terms.approvers()).isEqualTo(3))
                        .satisfies(terms -> assertThat(terms.groups()).containsExactly("legal")));
    }

    @Test
    void groupsThatNobodyCanSatisfyAreABlockThatSaysSo() {
        Refunds.application(this.directory)
                .withPropertyValues(
                        "enact.policies[0].groups[0]=finance",
                        "enact.policies[1].name=odd",
                        "enact.policies[1].ask=args.amount > 1",
                        "enact.policies[1].groups[0]=legal",
                        "enact.policies[1].on=billing.refund")
                .run(context -> assertThatExceptionOfType(ActionBlockedException.class)
                        .isThrownBy(() -> Refunds.of(context).refund(900))
                        .withMessageContaining("no group satisfies all of them"));
    }

    @Test
    void quorumThatMakesNoSenseStopsTheApplication() {
        refused("enact.policies[0].approvers=0", "1 to 20 people, not 0");
        refused("enact.policies[0].approvers=99", "1 to 20 people, not 99");
        refused("enact.policies[0].groups[0]= ", "one of the groups is blank");
        Refunds.application(this.directory)
                .withPropertyValues(
                        "enact.policies[1].name=never", "enact.policies[1].block=true", "enact.policies[1].approvers=2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("enact.policies[1]")
                        .hasMessageContaining("for a policy that asks, but this one blocks"));
    }

    private void refused(String property, String why) {
        Refunds.application(this.directory)
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("enact.policies[0]")
                        .hasMessageContaining(why));
    }
}
