package cloud.enact.actuate.endpoint;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses a request to roll back that says something nobody reads. The actuator drops what it does not know, and with a
 * mistyped {@code only} the whole run would be undone.
 */
public final class KnownArguments implements OperationInvokerAdvisor {

    private static final EndpointId RECEIPTS = EndpointId.of("receipts");

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType operation, OperationParameters parameters, OperationInvoker invoker) {
        if (!endpoint.equals(RECEIPTS) || operation != OperationType.WRITE) {
            return invoker;
        }
        Set<String> known =
                parameters.stream().map(OperationParameter::getName).collect(Collectors.toUnmodifiableSet());
        return context -> known.containsAll(context.getArguments().keySet())
                ? invoker.invoke(context)
                : Problem.of(
                        WebEndpointResponse.STATUS_BAD_REQUEST,
                        "Bad request",
                        "The request names something else than operation, actor, reason, only, skip, force, outcome"
                                + " and action_id; nothing was done");
    }
}
