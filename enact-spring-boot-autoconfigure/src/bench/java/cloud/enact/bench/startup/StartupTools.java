package cloud.enact.bench.startup;

import cloud.enact.EnactAction;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/** The one tool. */
@Component
class StartupTools {

    @Tool(description = "Deletes a customer")
    @EnactAction("crm.delete_customer")
    public String deleteCustomer(long id) {
        return "deleted " + id;
    }
}
