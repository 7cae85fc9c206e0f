package cloud.enact.policy.cerbos.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The constants and variables of a document.
 *
 * @param constantImports names of exported constants
 * @param constants own constants
 * @param variableImports names of exported variables
 * @param variables own variables, each an expression
 */
public record DefinitionsSource(
        List<Located> constantImports,
        Map<String, @Nullable Object> constants,
        List<Located> variableImports,
        Map<String, Located> variables) {}
