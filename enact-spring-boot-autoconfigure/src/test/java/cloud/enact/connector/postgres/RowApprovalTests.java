package cloud.enact.connector.postgres;

import static cloud.enact.connector.postgres.ConnectorFixture.clerk;
import static cloud.enact.connector.postgres.ConnectorFixture.receipts;
import static cloud.enact.connector.postgres.ConnectorFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Changes of rows that a person has to approve. */
class RowApprovalTests {

    private static final Map<String, Object> FIRST_FIVE = Map.of("id", Map.of("<=", 5));

    @RegisterExtension
    final ConnectorFixture database = new ConnectorFixture();

    @TempDir
    Path directory;

    @Test
    void personDecidesOnAllThatADeletionTakesAlongAndIsAskedOnce() {
        application("shop.delete_row").run(context -> {
            UUID ticket = delete(context);
            assertThat(approvals(context).find(ticket).orElseThrow().asked().effect())
                    .satisfies(effect -> assertThat(effect.tables())
                            .containsEntry("public.customer", 5L)
                            .containsKey("public.orders"));
            assertThat(rows(context)).anyMatch(row -> row.startsWith("c(1,"));
            approve(context, ticket);

            clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE));

            assertThat(rows(context)).noneMatch(row -> row.startsWith("c(1,"));
            assertThat(receipts(context, "shop.delete_row", ReceiptKind.APPROVAL_REQUESTED))
                    .hasSize(1);
        });
    }

    @Test
    void approvalIsVoidWhenAnyOfTheRowsHasChanged() {
        application("shop.*").run(context -> {
            UUID deletion = delete(context);
            UUID update = update(context);
            approve(context, deletion);
            approve(context, update);
            this.database.sql("UPDATE customer SET balance = 1000000 WHERE id = 5");

            assertThat(delete(context)).isNotEqualTo(deletion);
            assertThat(update(context)).isNotEqualTo(update);
            assertThat(approvals(context).find(deletion).orElseThrow().state()).isEqualTo(ApprovalState.VOID);
            assertThat(approvals(context).find(update).orElseThrow().state()).isEqualTo(ApprovalState.VOID);
        });
    }

    @Test
    void changeOfOtherRowsIsNoneOfItsBusiness() {
        application("shop.*").run(context -> {
            UUID update = update(context);
            approve(context, update);
            this.database.sql("UPDATE customer SET balance = 1000000 WHERE id = 6");

            clerk(context).work(shop -> shop.updateRow("customer", Map.of("name", "x"), FIRST_FIVE));

            assertThat(rows(context)).anyMatch(row -> row.startsWith("c(1,x,"));
            assertThat(approvals(context).find(update).orElseThrow().state()).isEqualTo(ApprovalState.USED);
        });
    }

    @Test
    void transactionOfAMethodIsAskedAboutByWhatItChangedAndLeavesNothingUntilItIsApproved() {
        application("shop.*").withBean(Books.class).run(context -> {
            Books books = context.getBean(Books.class);
            List<String> before = rows(context);

            UUID ticket = ticket(books::clear);

            assertThat(rows(context)).isEqualTo(before);
            assertThat(approvals(context).find(ticket).orElseThrow().asked().effect())
                    .satisfies(effect -> assertThat(effect.tables()).containsEntry("public.orders", 100L));
            approve(context, ticket);
            books.clear();
            assertThat(rows(context)).noneMatch(row -> row.startsWith("o("));
            ticket(() -> {
                this.restock();
                books.clear();
            });
        });
    }

    private void restock() {
        try {
            this.database.sql("INSERT INTO orders (customer, amount) SELECT 1, i FROM generate_series(1, 100) i");
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static class Books {

        private final JdbcTemplate jdbc;

        Books(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @EnactAction("books.clear")
        @Policy(ask = "effect.rows > 3", reason = "More than three need a person.")
        @Transactional
        public void clear() {
            this.jdbc.update("DELETE FROM orders");
        }
    }

    private static UUID delete(ApplicationContext context) {
        return ticket(() -> clerk(context).work(shop -> shop.deleteRow("customer", FIRST_FIVE)));
    }

    private static UUID update(ApplicationContext context) {
        return ticket(() -> clerk(context).work(shop -> shop.updateRow("customer", Map.of("name", "x"), FIRST_FIVE)));
    }

    private static UUID ticket(Runnable call) {
        try {
            call.run();
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    private static void approve(ApplicationContext context, UUID ticket) {
        approvals(context).answer(ticket, new Approver("boss@example.com", Set.of(), "test"), true, null);
    }

    private static ApprovalService approvals(ApplicationContext context) {
        return context.getBean(ApprovalService.class);
    }

    private ApplicationContextRunner application(String actions) {
        return this.database
                .application(this.directory)
                .withConfiguration(AutoConfigurations.of(EnactApprovalAutoConfiguration.class))
                .withPropertyValues(
                        "enact.approval.enabled=true",
                        "enact.policies[0].name=many",
                        "enact.policies[0].on=" + actions,
                        "enact.policies[0].ask=has(effect.rows) && effect.rows > 4",
                        "enact.policies[0].reason=More than four rows need a person.");
    }
}
