package cloud.enact.gate;

import cloud.enact.action.Arguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.util.JsonHelper;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goes between a method's Java arguments and the named, JSON-like arguments that policies see. Binds with the same
 * rules as Spring AI, so that what was judged is what the method gets.
 */
final class ArgumentBinder {

    private final JsonMapper mapper;

    private final JsonHelper springAi = new JsonHelper();

    ArgumentBinder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The arguments of a Java call by name, without those that are {@code null}. */
    Map<String, @Nullable Object> describe(Method method, @Nullable Object[] arguments) {
        Parameter[] parameters = method.getParameters();
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            Object argument = arguments[i];
            if (argument != null && isNamed(parameters[i])) {
                described.put(parameters[i].getName(), describe(argument));
            }
        }
        return Arguments.freeze(described);
    }

    /**
     * A Java value as a JSON-like one. What can't be turned into JSON, such as a stream, stands as its type: a policy
     * sees that it is there, not what it holds.
     */
    @Nullable
    Object describe(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer) {
            return value;
        }
        try {
            Object tree = this.mapper.convertValue(value, Object.class);
            // tells at once whether the tree is JSON-like all the way down
            return Arguments.freeze(java.util.Collections.singletonMap("value", tree))
                    .get("value");
        } catch (JacksonException | IllegalArgumentException | StackOverflowError ex) {
            return Map.of("java_type", value.getClass().getName());
        }
    }

    /** Copies collections and arrays, so that the caller can't change them once they are judged. */
    @Nullable
    Object[] detach(@Nullable Object[] arguments) {
        @Nullable Object[] detached = arguments.clone();
        for (int i = 0; i < detached.length; i++) {
            Object argument = detached[i];
            if (argument instanceof List<?> list && isPlain(argument)) {
                detached[i] = new ArrayList<>(list);
            } else if (argument instanceof Set<?> set && isPlain(argument)) {
                detached[i] = new LinkedHashSet<>(set);
            } else if (argument instanceof Map<?, ?> map && isPlain(argument)) {
                detached[i] = new LinkedHashMap<>(map);
            } else if (argument instanceof Object[] array) {
                detached[i] = array.clone();
            } else if (argument instanceof byte[] bytes) {
                detached[i] = bytes.clone();
            }
        }
        return detached;
    }

    /** A collection of the JDK's own, whose copy serves as well; a database driver's or ORM's may not. */
    private static boolean isPlain(Object collection) {
        return collection.getClass().getName().startsWith("java.util.")
                && (collection instanceof Collection || collection instanceof Map)
                && !(collection instanceof java.util.SortedMap)
                && !(collection instanceof java.util.SortedSet);
    }

    /**
     * Binds named arguments to a method.
     *
     * @param strict whether a name that no parameter has is an error
     * @throws ArgumentException with a sentence for the caller
     */
    @Nullable
    Object[] bind(Method method, Map<String, @Nullable Object> args, boolean strict) {
        Parameter[] parameters = method.getParameters();
        if (strict) {
            refuseUnknown(method, args);
        }
        @Nullable Object[] bound = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            if (isNamed(parameters[i])) {
                bound[i] = bind(parameters[i], args.get(parameters[i].getName()));
            }
        }
        return bound;
    }

    /** Names of the arguments a method takes, in order. */
    static List<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(ArgumentBinder::isNamed)
                .map(Parameter::getName)
                .toList();
    }

    private static void refuseUnknown(Method method, Map<String, @Nullable Object> args) {
        List<String> known = names(method);
        for (String name : args.keySet()) {
            if (!known.contains(name)) {
                String shown = (name.length() > 64) ? name.substring(0, 64) + "…" : name;
                throw new ArgumentException(
                        "There is no argument '" + shown + "'. Known arguments: " + String.join(", ", known) + ".");
            }
        }
    }

    private @Nullable Object bind(Parameter parameter, @Nullable Object value) {
        Class<?> type = parameter.getType();
        if (value == null) {
            if (type.isPrimitive()) {
                throw new ArgumentException("Argument '" + parameter.getName() + "' is missing; it must be a "
                        + type.getSimpleName() + ".");
            }
            return null;
        }
        try {
            if (parameter.getParameterizedType() instanceof Class<?>) {
                return this.springAi.convertToTypedObject(value, ClassUtils.resolvePrimitiveIfNecessary(type));
            }
            return this.springAi.fromJson(this.springAi.toJson(value, true), parameter.getParameterizedType());
        } catch (JacksonException | IllegalStateException | IllegalArgumentException | NullPointerException ex) {
            throw new ArgumentException(
                    "Argument '" + parameter.getName() + "' can't be read as " + type.getSimpleName() + ".");
        }
    }

    /** Calls a method with arguments bound by name; names it does not have are left out. */
    @Nullable
    Object invoke(Method method, Object target, Map<String, @Nullable Object> args) throws Exception {
        try {
            return BeanMethods.invoke(method, target, bind(method, args, false));
        } catch (Exception | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new InvocationTargetException(ex);
        }
    }

    private static boolean isNamed(Parameter parameter) {
        return !ToolContext.class.isAssignableFrom(parameter.getType());
    }
}
