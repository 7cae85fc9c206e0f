package cloud.enact.gate;

import cloud.enact.action.Arguments;
import cloud.enact.action.ShortText;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.util.JsonHelper;
import org.springframework.util.ClassUtils;

/**
 * Goes between a method's Java arguments and the named, JSON-like arguments that policies see. Binds with the same
 * rules as Spring AI, so that what was judged is what the method gets.
 */
final class ArgumentBinder {

    private static final String WHOLE_REQUEST = "io.modelcontextprotocol.spec.McpSchema$CallToolRequest";

    private final DescribingMapper mapper = new DescribingMapper();

    private final JsonHelper springAi = new JsonHelper();

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
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Iterator || value instanceof BaseStream || value instanceof InputStream) {
            // looking at it would use it up
            return undescribed(value);
        }
        try {
            Object tree = this.mapper.tree(value);
            // tells at once whether the tree is JSON-like all the way down
            return Arguments.freeze(Collections.singletonMap("value", tree)).get("value");
        } catch (RuntimeException | LinkageError ex) {
            // whatever an object's own code throws when it is looked at
            return undescribed(value);
        }
    }

    private static Map<String, Object> undescribed(Object value) {
        return Map.of(Arguments.JAVA_TYPE, value.getClass().getName());
    }

    /**
     * Refuses arguments of which something was lost on the way to the tool's own types: the tool would run without it.
     *
     * @param sent what the model sent
     * @param bound what the tool would get, described again
     * @throws ArgumentException naming what was lost
     */
    static void requireNothingLost(Map<?, ?> sent, Map<?, ?> bound) {
        sent.forEach((name, value) -> {
            if (value == null) {
                return;
            }
            Object kept = bound.get(name);
            if (kept == null) {
                throw new ArgumentException("There is no argument '" + shortened(String.valueOf(name))
                        + "'. Known arguments: " + bound.keySet() + ".");
            }
            if (value instanceof Map<?, ?> sentObject && kept instanceof Map<?, ?> boundObject) {
                requireNothingLost(sentObject, boundObject);
            } else if (value instanceof List<?> sentList && kept instanceof List<?> boundList) {
                requireNothingLost(sentList, boundList);
            }
        });
    }

    private static void requireNothingLost(List<?> sent, List<?> bound) {
        for (int i = 0; i < Math.min(sent.size(), bound.size()); i++) {
            if (sent.get(i) instanceof Map<?, ?> sentObject && bound.get(i) instanceof Map<?, ?> boundObject) {
                requireNothingLost(sentObject, boundObject);
            }
        }
    }

    private static String shortened(String name) {
        return ShortText.of(name, 64);
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

    /** Exactly a class whose copy does as well; anything more special is handed on as it is. */
    private static boolean isPlain(Object collection) {
        Class<?> type = collection.getClass();
        return type == ArrayList.class
                || type == HashMap.class
                || type == LinkedHashMap.class
                || type == HashSet.class
                || type == LinkedHashSet.class;
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

    /** Whether a method takes, with the request of an MCP client, arguments that none of its parameters names. */
    static boolean isOpen(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .anyMatch(type -> type.getName().equals(WHOLE_REQUEST));
    }

    private static void refuseUnknown(Method method, Map<String, @Nullable Object> args) {
        List<String> known = names(method);
        for (String name : args.keySet()) {
            if (!known.contains(name)) {
                throw new ArgumentException("There is no argument '" + shortened(name) + "'. Known arguments: "
                        + String.join(", ", known) + ".");
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
        } catch (RuntimeException ex) {
            // whatever a type's own reading of hostile values throws
            throw new ArgumentException(
                    "Argument '" + parameter.getName() + "' can't be read as " + type.getSimpleName() + ".");
        }
    }

    /**
     * Arguments as a function's own input type reads them.
     *
     * @throws ArgumentException when they can't be read, or something would be lost
     */
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> throughType(Type type, Map<String, @Nullable Object> args) {
        Object described;
        try {
            described = describe(this.springAi.fromJson(this.springAi.toJson(args), type));
        } catch (RuntimeException ex) {
            throw new ArgumentException("The arguments can't be read as the tool needs them.");
        }
        if (!(described instanceof Map<?, ?> object) || Arguments.isUnseen(object)) {
            throw new ArgumentException("The arguments can't be shown to policies as the tool reads them.");
        }
        requireNothingLost(args, object);
        return Arguments.freeze((Map<String, @Nullable Object>) object);
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

    /**
     * What a capture method finds, to be compared with what it finds later.
     *
     * @throws IllegalStateException when it can't be written down: any two such states would look the same
     */
    @Nullable
    Object captured(Method capture, Object target, Map<String, @Nullable Object> args) throws Exception {
        Object state = describe(invoke(capture, target, args));
        if (state instanceof Map<?, ?> map && Arguments.isUnseen(map)) {
            throw new IllegalStateException("The capture method " + capture.getName() + " returned a "
                    + map.get(Arguments.JAVA_TYPE) + ", which can't be turned into JSON");
        }
        return state;
    }

    /** Whether callers give it, rather than what runs the tool; MCP is known by name because it need not be there. */
    private static boolean isNamed(Parameter parameter) {
        if (ToolContext.class.isAssignableFrom(parameter.getType())) {
            return false;
        }
        String type = parameter.getType().getName();
        return !type.startsWith("io.modelcontextprotocol.")
                && !type.startsWith("org.springframework.ai.mcp.")
                && Arrays.stream(parameter.getAnnotations())
                        .noneMatch(annotation -> annotation
                                .annotationType()
                                .getName()
                                .equals("org.springframework.ai.mcp.annotation.McpProgressToken"));
    }
}
