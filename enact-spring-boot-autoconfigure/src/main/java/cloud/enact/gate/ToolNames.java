package cloud.enact.gate;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.method.MethodToolCallback;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** Finds out what stands behind a tool callback. */
final class ToolNames {

    private static final int MAX_LENGTH = 128;

    private static final int MAX_DECORATORS = 8;

    private final Field toolMethod = field(MethodToolCallback.class, "toolMethod");

    private final Field toolObject = field(MethodToolCallback.class, "toolObject");

    private final Field functionInput = field(FunctionToolCallback.class, "toolInputType");

    private final Field decorated = field(AugmentedToolCallback.class, "delegate");

    private final Field added = field(AugmentedToolCallback.class, "augmentedArgumentsClass");

    private final List<McpToolName> mcp;

    ToolNames(List<McpToolName> mcp) {
        this.mcp = mcp;
    }

    static Field field(Class<?> type, String name) {
        Field field = ReflectionUtils.findField(type, name);
        if (field == null) {
            throw new EnactStartupException(
                    "Spring AI's " + type.getSimpleName() + " has no field '" + name
                            + "' any more, so what stands behind a tool can't be seen.",
                    "Use the Spring AI version this version of Enact was built for.");
        }
        ReflectionUtils.makeAccessible(field);
        return field;
    }

    /**
     * The Java method behind the callback, seen through Spring AI's own decorator; {@code null} when there is none, or
     * none that can be seen.
     */
    @Nullable
    Method method(ToolCallback callback) {
        ToolCallback inner = undecorated(callback);
        if (!(inner instanceof MethodToolCallback)) {
            return null;
        }
        Method method = (Method) ReflectionUtils.getField(this.toolMethod, inner);
        if (method != null) {
            // Spring AI looks at the proxy's class, which is public, and forgets a tool class that is not
            ReflectionUtils.makeAccessible(method);
        }
        Object target = target(inner);
        return (method != null)
                ? ActionDefinitions.specific(method, (target != null) ? target.getClass() : method.getDeclaringClass())
                : null;
    }

    /**
     * The type a function callback reads its arguments as, or {@code null} for any other callback and for types that
     * take whatever they are given.
     */
    @Nullable
    Type inputType(ToolCallback callback) {
        ToolCallback inner = GatedToolCallback.unwrap(callback);
        if (inner.getClass() != FunctionToolCallback.class) {
            return null;
        }
        Type type = (Type) ReflectionUtils.getField(this.functionInput, inner);
        boolean open = type == null
                || type == Object.class
                || type == Void.class
                || type == String.class
                || (type instanceof Class<?> plain && Map.class.isAssignableFrom(plain))
                || (type instanceof ParameterizedType generic
                        && generic.getRawType() instanceof Class<?> raw
                        && Map.class.isAssignableFrom(raw));
        return open ? null : type;
    }

    /** Whether the callback hands its arguments to the method as they are, so that they can be bound beforehand. */
    boolean isDirect(ToolCallback callback) {
        return callback instanceof MethodToolCallback;
    }

    /** How far in a call of the callback is: nothing behind it may pass for the same call that can't be it. */
    Door door(ToolCallback callback) {
        if (callback instanceof MethodToolCallback) {
            Object target = target(callback);
            return (target == null || AopUtils.isAopProxy(target)) ? Door.TOOL : Door.PROXY;
        }
        return (callback.getClass() == FunctionToolCallback.class) ? Door.TOOL : Door.CALLBACK;
    }

    /** The object the method belongs to, or {@code null}. */
    @Nullable
    Object target(ToolCallback callback) {
        ToolCallback inner = undecorated(callback);
        return (inner instanceof MethodToolCallback) ? ReflectionUtils.getField(this.toolObject, inner) : null;
    }

    /**
     * Names of the arguments that Spring AI's own decorator adds to a tool and takes out again. Arguments that the
     * method does not take are among them: they never reach it.
     */
    Set<String> removable(ToolCallback callback, Map<String, @Nullable Object> args) {
        Set<String> names = new HashSet<>();
        ToolCallback inner = GatedToolCallback.unwrap(callback);
        for (int depth = 0; depth < MAX_DECORATORS && inner instanceof AugmentedToolCallback<?>; depth++) {
            if (ReflectionUtils.getField(this.added, inner) instanceof Class<?> type && type.isRecord()) {
                Arrays.stream(type.getRecordComponents()).forEach(component -> names.add(component.getName()));
            }
            inner = decorated(inner);
        }
        Method method = names.isEmpty() ? null : method(inner);
        if (method != null) {
            names.addAll(args.keySet());
            names.removeAll(ArgumentBinder.names(method));
        }
        return names;
    }

    private ToolCallback decorated(ToolCallback decorator) {
        return (ReflectionUtils.getField(this.decorated, decorator) instanceof ToolCallback next)
                ? GatedToolCallback.unwrap(next)
                : decorator;
    }

    private ToolCallback undecorated(ToolCallback callback) {
        ToolCallback inner = GatedToolCallback.unwrap(callback);
        for (int depth = 0; depth < MAX_DECORATORS && inner instanceof AugmentedToolCallback<?>; depth++) {
            inner = decorated(inner);
        }
        return inner;
    }

    /** The action name of a tool that names none itself. A remote server's tool can never take another one's name. */
    String action(ToolCallback callback) {
        ToolCallback inner = undecorated(callback);
        for (McpToolName names : this.mcp) {
            String name = names.of(inner);
            if (name != null) {
                return clean(name);
            }
        }
        String name = clean(callback.getToolDefinition().name());
        return name.startsWith("mcp.") ? "tool." + name : name;
    }

    /** Tool names come from models and servers: anything unusual is replaced, anything long is cut. */
    static String clean(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "unnamed";
        }
        StringBuilder clean = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
        for (int i = 0; i < name.length() && clean.length() < MAX_LENGTH; i++) {
            char c = name.charAt(i);
            boolean usual = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
            clean.append(usual ? c : '_');
        }
        return clean.toString();
    }

    /** Knows the tools of MCP clients; a type of its own, because MCP need not be there. */
    @FunctionalInterface
    interface McpToolName {

        /** {@code mcp.<server>.<tool>}, or {@code null} for a callback that is not an MCP client's. */
        @Nullable
        String of(ToolCallback callback);
    }
}
