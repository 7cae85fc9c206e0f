package cloud.enact.policy.cerbos.expression;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that expressions can call, each with its declaration and what it does. */
final class FunctionLibrary {

    private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();

    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** Adds {@code name(arguments)}. */
    FunctionLibrary global(String name, CelType result, CelFunctionOverload body, Parameter... parameters) {
        String id = id(name, parameters);
        add(name, CelOverloadDecl.newGlobalOverload(id, result, types(parameters)));
        return bind(id, body, parameters);
    }

    /** Adds {@code first.name(others)}. */
    FunctionLibrary member(String name, CelType result, CelFunctionOverload body, Parameter... parameters) {
        String id = id(name, parameters) + "_member";
        add(name, CelOverloadDecl.newMemberOverload(id, result, types(parameters)));
        return bind(id, body, parameters);
    }

    /** Adds both ways to call it. */
    FunctionLibrary both(String name, CelType result, CelFunctionOverload body, Parameter... parameters) {
        return global(name, result, body, parameters).member(name, result, body, parameters);
    }

    void addTo(CelBuilder cel) {
        this.overloads.forEach((name, overloads) ->
                cel.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        cel.addFunctionBindings(this.bindings);
    }

    private FunctionLibrary bind(String id, CelFunctionOverload body, Parameter... parameters) {
        List<Class<?>> classes = new ArrayList<>();
        for (Parameter parameter : parameters) {
            classes.add(parameter.runtime);
        }
        this.bindings.add(CelFunctionBinding.from(id, classes, body));
        return this;
    }

    private void add(String name, CelOverloadDecl overload) {
        this.overloads.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    }

    private static List<CelType> types(Parameter... parameters) {
        return Arrays.stream(parameters).map(parameter -> parameter.type).toList();
    }

    private static String id(String name, Parameter... parameters) {
        StringBuilder id = new StringBuilder("cerbos_").append(name.replace('.', '_'));
        for (Parameter parameter : parameters) {
            id.append('_').append(parameter.runtime.getSimpleName());
        }
        return id.toString();
    }

    /**
     * A parameter of a function.
     *
     * @param type what the compiler checks
     * @param runtime what the value must be when the function is called
     */
    record Parameter(CelType type, Class<?> runtime) {

        static final Parameter TEXT = new Parameter(SimpleType.STRING, String.class);

        static final Parameter LIST = new Parameter(ListType.create(SimpleType.DYN), List.class);

        static final Parameter ANYTHING = new Parameter(SimpleType.DYN, Object.class);

        /** A value of a type that only our functions make, which the compiler takes for anything. */
        static Parameter of(Class<?> type) {
            return new Parameter(SimpleType.DYN, type);
        }
    }
}
