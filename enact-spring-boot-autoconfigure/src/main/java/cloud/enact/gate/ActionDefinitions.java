package cloud.enact.gate;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.PolicySpecs;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reads {@link EnactAction} and {@link Policy} off methods, through interfaces and meta-annotations, and puts the
 * method's policies into the policy set. Thread-safe.
 */
final class ActionDefinitions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");

    /** By name, because MCP need not be there. */
    static final String MCP_TOOL = "org.springframework.ai.mcp.annotation.McpTool";

    private final PolicySet policies;

    private final Map<Method, Optional<ActionDefinition>> byMethod = new ConcurrentHashMap<>();

    private final Map<String, Method> byName = new ConcurrentHashMap<>();

    ActionDefinitions(PolicySet policies) {
        this.policies = policies;
    }

    /** The method as its class declares it, for any proxy, bridge or interface method that leads to it. */
    static Method specific(Method method, Class<?> targetClass) {
        if (Proxy.isProxyClass(targetClass)) {
            // it has nothing of its own: names and annotations are the interface's
            return ofInterface(method, targetClass);
        }
        Class<?> userClass = ClassUtils.getUserClass(targetClass);
        return BridgeMethodResolver.findBridgedMethod(ClassUtils.getMostSpecificMethod(method, userClass));
    }

    private static Method ofInterface(Method method, Class<?> proxyClass) {
        if (method.getDeclaringClass().isInterface()) {
            return method;
        }
        for (Class<?> type : proxyClass.getInterfaces()) {
            Method declared = ReflectionUtils.findMethod(type, method.getName(), method.getParameterTypes());
            if (declared != null) {
                return declared;
            }
        }
        return method;
    }

    /** Whether the method carries an annotation of ours; one with policies alone is a mistake {@link #find} reports. */
    static boolean isGoverned(Method method) {
        MergedAnnotations annotations = annotations(method);
        return annotations.isPresent(EnactAction.class)
                || annotations.isPresent(Policy.class)
                || annotations.isPresent(Policy.All.class);
    }

    /**
     * The action a method stands for.
     *
     * @param method as {@link #specific} gives it
     * @return its definition, or {@code null} when it is not governed
     * @throws EnactStartupException when its annotations are wrong
     */
    @Nullable
    ActionDefinition find(Method method) {
        Optional<ActionDefinition> known = this.byMethod.get(method);
        if (known == null) {
            // not computeIfAbsent: reading annotations may lead here again
            known = Optional.ofNullable(read(method));
            this.byMethod.putIfAbsent(method, known);
        }
        return known.orElse(null);
    }

    /** Names of the governed methods seen so far. */
    List<String> names() {
        return this.byName.keySet().stream().sorted().toList();
    }

    /** The governed method of that name, or {@code null}. */
    @Nullable
    Method method(String name) {
        return this.byName.get(name);
    }

    private @Nullable ActionDefinition read(Method method) {
        MergedAnnotations annotations = annotations(method);
        MergedAnnotation<EnactAction> action = annotations.get(EnactAction.class);
        if (!action.isPresent()) {
            if (isGoverned(method)) {
                throw new EnactStartupException(
                        "Method " + describe(method) + " has @Policy but not @EnactAction, so nothing would apply it.",
                        "Add @EnactAction to the method, or remove @Policy.");
            }
            return null;
        }
        requireParameterNames(method);
        requireVisibleEnd(method);
        String name = name(action.getString("value"), annotations, method);
        Method other = this.byName.putIfAbsent(name, method);
        if (other != null && !other.equals(method)) {
            throw new EnactStartupException(
                    "Two methods are the action '" + name + "': " + describe(other) + " and " + describe(method) + ".",
                    "Give one of them another name in @EnactAction(\"…\").");
        }
        Reversibility[] declared = action.getEnumArray("reversibility", Reversibility.class);
        this.policies.govern(name, policies(annotations, method));
        return new ActionDefinition(name, method, (declared.length > 0) ? declared[0] : null, inverse(action, method));
    }

    private static MergedAnnotations annotations(Method method) {
        return MergedAnnotations.from(
                method, SearchStrategy.TYPE_HIERARCHY, RepeatableContainers.standardRepeatables());
    }

    private static void requireParameterNames(Method method) {
        for (Parameter parameter : method.getParameters()) {
            if (!parameter.isNamePresent()) {
                throw new EnactStartupException(
                        "The parameter names of " + describe(method)
                                + " are not in its class file, so policies can't know its arguments.",
                        "Compile with -parameters (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>).");
            }
        }
    }

    /** An action whose end nobody sees would be recorded as done while it still runs. */
    private static void requireVisibleEnd(Method method) {
        boolean unseen =
                method.getReturnType() == void.class && (isAsync(method) || isAsync(method.getDeclaringClass()));
        if (unseen || !AsyncResults.canBeFollowed(method.getReturnType())) {
            throw new EnactStartupException(
                    "Action method " + describe(method) + " goes on after it has returned, and its return type "
                            + method.getReturnType().getSimpleName() + " does not tell when it has ended.",
                    "Return a CompletableFuture, Mono or Flux.");
        }
    }

    private static boolean isAsync(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).isPresent(Async.class);
    }

    private static String name(String given, MergedAnnotations annotations, Method method) {
        String name = given;
        if (name.isEmpty()) {
            MergedAnnotation<Tool> tool = annotations.get(Tool.class);
            name = tool.isPresent() ? tool.getString("name") : "";
        }
        if (name.isEmpty()) {
            MergedAnnotation<?> served = annotations.get(MCP_TOOL);
            name = served.isPresent() ? served.getString("name") : "";
        }
        if (name.isEmpty()) {
            name = method.getName();
        }
        if (!NAME.matcher(name).matches()) {
            throw new EnactStartupException(
                    "'" + name + "' on " + describe(method) + " is not a name for an action.",
                    "Use letters, digits, '_', '-' and dots, starting with a letter, at most 128 characters,"
                            + " such as crm.delete_customer.");
        }
        if (name.startsWith("mcp.")) {
            throw new EnactStartupException(
                    "'" + name + "' on " + describe(method) + " is a name for tools of MCP servers.",
                    "Give the action a name that does not start with 'mcp.'.");
        }
        return name;
    }

    private static List<PolicySpec> policies(MergedAnnotations annotations, Method method) {
        List<PolicySpec> specs = new ArrayList<>();
        annotations.stream(Policy.class).forEach(policy -> {
            int approvers = policy.getInt("approvers");
            specs.add(PolicySpecs.ofAnnotation(
                            policy.getString("value"),
                            policy.getStringArray("with"),
                            policy.getString("block"),
                            policy.getString("ask"),
                            policy.getString("reason"),
                            "@Policy on " + describe(method))
                    .approvedBy((approvers != 1) ? approvers : null, List.of(policy.getStringArray("groups"))));
        });
        return (method.getDeclaringClass() == EnactCanary.class) ? enforced(specs) : specs;
    }

    /** The start-up check must be stopped even while the application only observes. */
    private static List<PolicySpec> enforced(List<PolicySpec> specs) {
        return specs.stream().map(spec -> spec.in(EnactMode.ENFORCE)).toList();
    }

    private static ActionDefinition.@Nullable Inverse inverse(MergedAnnotation<EnactAction> action, Method method) {
        String capture = action.getString("capture");
        String undo = action.getString("undo");
        if (undo.isEmpty()) {
            if (!capture.isEmpty()) {
                throw new EnactStartupException(
                        "@EnactAction on " + describe(method) + " names a capture method but no undo method.",
                        "Name the method that takes the action back: undo = \"…\".");
            }
            return null;
        }
        return new ActionDefinition.Inverse(
                capture.isEmpty() ? null : named(capture, "capture", method), named(undo, "undo", method));
    }

    private static Method named(String name, String role, Method method) {
        List<Method> found = new ArrayList<>();
        ReflectionUtils.doWithMethods(
                method.getDeclaringClass(),
                found::add,
                candidate -> candidate.getName().equals(name) && !candidate.isBridge() && !candidate.isSynthetic());
        if (found.size() != 1) {
            throw new EnactStartupException(
                    "@EnactAction on " + describe(method) + " names " + role + " = \"" + name + "\", but "
                            + method.getDeclaringClass().getName() + " has "
                            + (found.isEmpty() ? "no such method." : found.size() + " methods of that name."),
                    "Name exactly one method of the same class.");
        }
        requireParameterNames(found.get(0));
        return found.get(0);
    }

    /** The method as a person would write it. */
    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName() + "()";
    }
}
