package cloud.enact.policy.builtin.codingagent;

import java.util.List;
import java.util.Set;

/** Directories of a project that programs fill and fill again, told by their names. */
final class Generated {

    /** Nobody calls a directory so that he writes in. */
    private static final Set<String> ALWAYS = Set.of(
            ("node_modules bower_components __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .hypothesis "
                            + ".next .nuxt .svelte-kit .angular .output .turbo .parcel-cache .vite .vite-temp .cache "
                            + ".docusaurus .astro .gradle .kotlin .nyc_output .eggs .venv htmlcov playwright-report "
                            + "test-results storybook-static .serverless .aws-sam .dart_tool .sass-cache .bundle")
                    .split(" "));

    /** Among sources, such a name is one of sources, too. */
    private static final Set<String> OUTSIDE_OF_SOURCES =
            Set.of("build dist target out tmp temp .tmp .temp coverage venv _build obj".split(" "));

    /** Single files that programs write, whatever directory they are in. */
    private static final Set<String> ENDINGS =
            Set.of("log tmp pyc pyo o obj class map tsbuildinfo pid swp lock lockb".split(" "));

    private static final Set<String> FILES =
            Set.of("package-lock.json", "pnpm-lock.yaml", ".ds_store", ".eslintcache", ".coverage");

    private static final Set<String> SOURCES = Set.of("src source sources test tests".split(" "));

    private Generated() {}

    /** Whether a path lies in such a directory, or is one. */
    static boolean are(List<String> names) {
        boolean among = false;
        for (String name : names) {
            if (name.equals(".git")) {
                return false;
            }
            if (ALWAYS.contains(name) || !among && OUTSIDE_OF_SOURCES.contains(name)) {
                return true;
            }
            among |= SOURCES.contains(name);
        }
        String last = names.isEmpty() ? "" : names.get(names.size() - 1);
        return FILES.contains(last)
                || last.indexOf('.') > 0 && ENDINGS.contains(last.substring(last.lastIndexOf('.') + 1));
    }
}
