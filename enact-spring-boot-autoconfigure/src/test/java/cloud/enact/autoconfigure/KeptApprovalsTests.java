package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.Actor;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.Approver;
import cloud.enact.approval.jdbc.JdbcApprovalStore;
import cloud.enact.approval.sqlite.SqliteApprovalStore;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.receipt.SubjectErasure;
import cloud.enact.undo.postgres.OwnDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where an application keeps requests for approval. */
class KeptApprovalsTests {

    private static final Approver ANN = new Approver("ann@enact.example", Set.of(), "test");

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase();

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ApprovalDesksApplication.Refunds refunds() {
            return new ApprovalDesksApplication.Refunds();
        }
    }

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.folder.resolve("enact.db"),
                        "enact.actor.id=maria.muster@enact.example",
                        "enact.approval.enabled=true",
                        "enact.policies[0].name=no-big-refunds",
                        "enact.policies[0].on=billing.refund",
                        "enact.policies[0].ask=args.amount > 500",
                        "enact.policies[0].reason=Refunds above 500 need a person",
                        "spring.data.jpa.repositories.enabled=false")
                .withPropertyValues(properties);
    }

    private static UUID asked(ApplicationContext context) {
        try {
            refunds(context).refund(900);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("The refund went through");
    }

    private static ApprovalDesksApplication.Refunds refunds(ApplicationContext context) {
        return context.getBean(ApprovalDesksApplication.Refunds.class);
    }

    private static ApprovalService approvals(ApplicationContext context) {
        return context.getBean(ApprovalService.class);
    }

    @Test
    void requestsAreInPostgresWhereReceiptsAre() {
        ApplicationContextRunner application = application(this.database.receipts());
        application.run(one -> application.run(other -> {
            assertThat(one).hasSingleBean(ApprovalStore.class).hasSingleBean(JdbcApprovalStore.class);
            UUID ticket = asked(one);

            assertThat(asked(other)).as("another node").isEqualTo(ticket);
            approvals(other).answer(ticket, ANN, true, null);
            refunds(one).refund(900);

            assertThat(refunds(one).paid()).isEqualTo(900);
            assertThat(approvals(other).find(ticket).orElseThrow().state()).isEqualTo(ApprovalState.USED);
            assertThat(asked(other)).isNotEqualTo(ticket);
        }));
    }

    @Test
    void whatIsAskedIsEncryptedWhereReceiptsAreAndErasedWithThem() {
        application(
                        "enact.receipts.encryption.enabled=true",
                        "enact.receipts.encryption.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
                .run(context -> {
                    assertThat(context).hasSingleBean(SqliteApprovalStore.class);
                    UUID ticket = asked(context);

                    assertThat(approvals(context)
                                    .find(ticket)
                                    .orElseThrow()
                                    .asked()
                                    .requester()
                                    .id())
                            .isEqualTo("maria.muster@enact.example");
                    assertThat(stored()).contains(ticket.toString()).doesNotContain("maria.muster");

                    context.getBean(SubjectErasure.class)
                            .erase("maria.muster@enact.example", Actor.of("ann@enact.example"), "asked for");

                    assertThat(approvals(context).find(ticket).orElseThrow().state())
                            .isEqualTo(ApprovalState.VOID);
                });
    }

    /** What stands in the table; receipts beside it name the actor on purpose. */
    private String stored() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("enact.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT CAST(document AS TEXT) FROM approval_request")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void aNegativeRetentionIsRefusedAtTheStart() {
        application("enact.approval.retention=-1d")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("enact.approval.retention is negative"));
    }

    @Test
    void aStoreOfTheApplicationIsUsed() {
        ApprovalStore own = ApprovalStore.inMemory();
        application().withBean(ApprovalStore.class, () -> own).run(context -> {
            assertThat(context.getBean(ApprovalStore.class)).isSameAs(own);
            assertThat(own.find(asked(context))).isPresent();
        });
    }

    @Test
    void withoutApprovalsNothingIsMade() {
        application("enact.approval.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(ApprovalStore.class);
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> refunds(context).refund(900))
                    .isNotInstanceOf(ApprovalRequiredException.class);
        });
    }
}
