package cloud.enact.sample;

import cloud.enact.EnactAction;
import java.time.LocalDate;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tools of the agent for the shop's database: plain SQL, which knows nothing of Enact. */
@Component
public class CustomerTools {

    private final JdbcTemplate jdbc;

    CustomerTools(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Deletes customers; their orders go with them. */
    @Tool(name = "delete_customers", description = "Delete all customers who have not ordered since a day.")
    @EnactAction("shop.delete_customers")
    public String deleteCustomers(@ToolParam(description = "The day, as in 2026-01-31") LocalDate since) {
        int deleted = this.jdbc.update("DELETE FROM customers WHERE last_order < ?", since);
        return "deleted " + deleted + " customers";
    }

    /** Marks customers as inactive. */
    @Tool(name = "retire_customers", description = "Set all customers inactive who have not ordered since a day.")
    @EnactAction("shop.retire_customers")
    public String retireCustomers(@ToolParam(description = "The day, as in 2026-01-31") LocalDate since) {
        int retired = this.jdbc.update("UPDATE customers SET status = 'inactive' WHERE last_order < ?", since);
        return "retired " + retired + " customers";
    }

    /** Gives money back. */
    @Tool(name = "refund_order", description = "Give a customer money back for an order.")
    @EnactAction("shop.refund_order")
    public String refundOrder(
            @ToolParam(description = "Number of the order") int order,
            @ToolParam(description = "How much, in EUR") int amount) {
        int refunded = this.jdbc.update("UPDATE orders SET status = 'refunded' WHERE id = ?", order);
        return (refunded == 1) ? "refunded " + amount + " EUR for order " + order : "there is no order " + order;
    }

    /** Makes what was ordered and not yet delivered cheaper. */
    @Tool(name = "discount_open_orders", description = "Give a discount on all open orders.")
    @EnactAction("shop.discount_open_orders")
    public String discountOpenOrders(@ToolParam(description = "The discount in percent") int percent) {
        int lines = this.jdbc.update(
                "UPDATE order_lines SET price = round(price * (100 - ?) / 100, 2) FROM orders"
                        + " WHERE id = order_id AND status = 'open'",
                percent);
        return "discounted " + lines + " order lines";
    }
}
