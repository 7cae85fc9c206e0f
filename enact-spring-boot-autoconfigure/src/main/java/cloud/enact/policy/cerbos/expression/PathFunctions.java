package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/** Functions for paths, which only look at the text. */
final class PathFunctions {

    private PathFunctions() {}

    static void addTo(FunctionLibrary library) {
        ofPath(library, "basePath", args -> path(args).base());
        ofPath(library, "dirPath", args -> path(args).parent().toText());
        ofPath(library, "extPath", args -> path(args).extension());
        ofPath(library, "volumeName", args -> CrossPath.volume((String) args[0]));
        CelFunctionOverload hasPrefix = args -> hasPrefix((String) args[0], (String) args[1]);
        CelFunctionOverload match = args -> matches((String) args[0], (String) args[1]);
        CelFunctionOverload matchAny = args -> matchesAny((String) args[0], (List<?>) args[1]);
        library.both("pathHasPrefix", SimpleType.BOOL, hasPrefix, Parameter.TEXT, Parameter.TEXT)
                .both("pathMatch", SimpleType.BOOL, match, Parameter.TEXT, Parameter.TEXT)
                .both("pathMatchAnyOf", SimpleType.BOOL, matchAny, Parameter.TEXT, Parameter.LIST)
                .global("joinPath", SimpleType.STRING, args -> join((List<?>) args[0]), Parameter.LIST)
                .global(
                        "relPath",
                        SimpleType.STRING,
                        args -> CrossPath.of((String) args[1])
                                .relativeTo(CrossPath.of((String) args[0]))
                                .toText(),
                        Parameter.TEXT,
                        Parameter.TEXT);
    }

    private static void ofPath(FunctionLibrary library, String name, CelFunctionOverload body) {
        library.global(name, SimpleType.STRING, body, Parameter.TEXT);
    }

    private static CrossPath path(Object... args) {
        return CrossPath.of((String) args[0]);
    }

    private static boolean hasPrefix(String path, String prefix) {
        String way = CrossPath.of(path).relativeTo(CrossPath.of(prefix)).path();
        return !way.equals("..") && !way.startsWith("../");
    }

    private static boolean matches(String path, String pattern) {
        return new PathGlob(CrossPath.of(pattern).path())
                .matches(CrossPath.of(path).path());
    }

    private static boolean matchesAny(String path, List<?> patterns) {
        for (Object pattern : patterns) {
            if (matches(path, text(pattern))) {
                return true;
            }
        }
        return false;
    }

    private static String join(List<?> paths) {
        if (paths.isEmpty()) {
            return "";
        }
        if (paths.size() == 1) {
            return text(paths.get(0));
        }
        CrossPath joined = CrossPath.of(text(paths.get(0)));
        for (Object path : paths.subList(1, paths.size())) {
            joined = joined.join(CrossPath.of(text(path)));
        }
        return joined.toText();
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("A path must be a text");
    }
}
