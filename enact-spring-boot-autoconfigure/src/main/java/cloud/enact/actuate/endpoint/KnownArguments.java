package cloud.enact.actuate.endpoint;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeTypeUtils;

/**
 * Refuses a request that says something nobody reads. The actuator drops what it does not know: with a mistyped
 * {@code only} the whole run would be undone, and with a mistyped {@code actor} everybody's receipts would be exported.
 */
public final class KnownArguments implements OperationInvokerAdvisor {

    private static final Set<EndpointId> STRICT =
            Set.of(EndpointId.of("receipts"), EndpointId.of("evidence"), EndpointId.of("encryption"));

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType operation, OperationParameters parameters, OperationInvoker invoker) {
        if (!STRICT.contains(endpoint)) {
            return invoker;
        }
        Set<String> known = parameters.stream()
                .filter(parameter -> parameter.getType() != SecurityContext.class)
                .map(OperationParameter::getName)
                .collect(Collectors.toUnmodifiableSet());
        // what is a part of the path, nobody mistypes in the request
        Set<String> named = parameters.stream()
                .filter(parameter -> known.contains(parameter.getName()))
                .filter(parameter -> parameter.getAnnotation(Selector.class) == null)
                .map(OperationParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Object refusal = Problem.of(
                        WebEndpointResponse.STATUS_BAD_REQUEST,
                        "Bad request",
                        "The request names something else than " + String.join(", ", named) + "; nothing was done")
                .getBody();
        return context -> known.containsAll(context.getArguments().keySet())
                ? invoker.invoke(context)
                : new WebEndpointResponse<>(
                        refusal, WebEndpointResponse.STATUS_BAD_REQUEST, MimeTypeUtils.APPLICATION_JSON);
    }
}
