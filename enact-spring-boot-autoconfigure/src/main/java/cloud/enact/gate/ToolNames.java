package cloud.enact.gate;

import cloud.enact.action.NamePart;
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

    private final HiddenField toolMethod = HiddenField.of(MethodToolCallback.class, "toolMethod");

    private final HiddenField toolObject = HiddenField.of(MethodToolCallback.class, "toolObject");

    private final HiddenField functionInput = HiddenField.of(FunctionToolCallback.class, "toolInputType");

    private final HiddenField decorated = HiddenField.of(AugmentedToolCallback.class, "delegate");

    private final HiddenField added = HiddenField.of(AugmentedToolCallback.class, "augmentedArgumentsClass");

    private final List<RemoteToolFinder> remote;

    ToolNames(List<RemoteToolFinder> remote) {
        this.remote = remote;
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
        Method method = (Method) this.toolMethod.in(inner);
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
        Type type = (Type) this.functionInput.in(inner);
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
        return (inner instanceof MethodToolCallback) ? this.toolObject.in(inner) : null;
    }

    /**
     * Names of the arguments that Spring AI's own decorator adds to a tool and takes out again. Arguments that the
     * method does not take are among them: they never reach it.
     */
    Set<String> removable(ToolCallback callback, Map<String, @Nullable Object> args) {
        Set<String> names = new HashSet<>();
        ToolCallback inner = GatedToolCallback.unwrap(callback);
        for (int depth = 0; depth < MAX_DECORATORS && inner instanceof AugmentedToolCallback<?>; depth++) {
            if (this.added.in(inner) instanceof Class<?> type && type.isRecord()) {
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
        return (this.decorated.in(decorator) instanceof ToolCallback next) ? GatedToolCallback.unwrap(next) : decorator;
    }

    private ToolCallback undecorated(ToolCallback callback) {
        ToolCallback inner = GatedToolCallback.unwrap(callback);
        for (int depth = 0; depth < MAX_DECORATORS && inner instanceof AugmentedToolCallback<?>; depth++) {
            inner = decorated(inner);
        }
        return inner;
    }

    /** The tool of a remote server behind the callback, or {@code null}. */
    @Nullable
    RemoteTool remote(ToolCallback callback) {
        ToolCallback inner = undecorated(callback);
        for (RemoteToolFinder finder : this.remote) {
            RemoteTool tool = finder.find(inner);
            if (tool != null) {
                return tool;
            }
        }
        return null;
    }

    /** The action name of a tool that names none itself. A remote server's tool can never take another one's name. */
    String action(ToolCallback callback) {
        RemoteTool tool = remote(callback);
        return (tool != null)
                ? tool.action()
                : local(callback.getToolDefinition().name());
    }

    /** The action name of a tool of this application that names none itself. */
    static String local(@Nullable String tool) {
        String name = clean(tool);
        return name.startsWith("mcp.") ? "tool." + clean(tool, MAX_LENGTH - "tool.".length()) : name;
    }

    /** Tool names come from models and servers: one that is unusual or long is changed, and no two become the same. */
    static String clean(@Nullable String name) {
        return clean(name, MAX_LENGTH);
    }

    private static String clean(@Nullable String name, int longest) {
        return (name == null || name.isBlank()) ? "unnamed" : NamePart.of(name, longest, true);
    }
}
