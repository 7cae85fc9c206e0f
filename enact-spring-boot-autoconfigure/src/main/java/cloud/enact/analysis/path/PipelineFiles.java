package cloud.enact.analysis.path;

import java.util.List;
import java.util.Set;

/** Files that say what is built, tested and deployed, and by which commands; hooks of git are among them. */
public final class PipelineFiles {

    /** Everything in these directories belongs to a pipeline, wherever they stand. */
    private static final List<String[]> DIRECTORIES = List.of(
            new String[] {".github", "workflows"},
            new String[] {".github", "actions"},
            new String[] {".gitea", "workflows"},
            new String[] {".forgejo", "workflows"},
            new String[] {".gitlab", "ci"},
            new String[] {".git", "hooks"},
            new String[] {".githooks"},
            new String[] {".husky"},
            new String[] {".gitlab-ci"},
            new String[] {".circleci"},
            new String[] {".buildkite"},
            new String[] {".teamcity"},
            new String[] {".azure-pipelines"},
            new String[] {"azure-pipelines"},
            new String[] {".azuredevops"},
            new String[] {".woodpecker"},
            new String[] {".drone"},
            new String[] {".tekton"},
            new String[] {".semaphore"},
            new String[] {".harness"},
            new String[] {".jenkins"},
            new String[] {".argocd"},
            new String[] {".ci"},
            new String[] {".codebuild"},
            new String[] {"bamboo-specs"});

    private static final Set<String> NAMES = Set.of(
            (".travis.yml .drone.yml .drone.star .drone.jsonnet .woodpecker.yml .cirrus.yml .cirrus.star appveyor.yml "
                            + ".appveyor.yml bitbucket-pipelines.yml circle.yml wercker.yml .wercker.yml "
                            + "codefresh.yml semaphore.yml bamboo.yml codeship-steps.yml codeship-services.yml "
                            + ".pre-commit-config.yaml lefthook.yml .lefthook.yml lefthook-local.yml procfile fly.toml "
                            + "vercel.json netlify.toml render.yaml heroku.yml railway.json railway.toml serverless.yml "
                            + "serverless.ts skaffold.yaml werf.yaml tiltfile earthfile containerfile docker-bake.hcl "
                            + "docker-bake.json kustomization.yaml chart.yaml helmfile.yaml "
                            + ".goreleaser.yml .releaserc .releaserc.json pulumi.yaml samconfig.toml appspec.yml")
                    .split(" "));

    /** Names that come with something in between or behind, such as {@code azure-pipelines.release.yml}. */
    private static final List<String> YAML_STEMS = List.of(
            ".gitlab-ci",
            "gitlab-ci",
            "azure-pipelines",
            "azure-pipeline",
            "docker-compose",
            "compose",
            "cloudbuild",
            "buildspec",
            "pipeline",
            "pipelines",
            "ci-pipeline",
            "jenkins-pipeline",
            "podman-compose");

    private static final List<String> PATTERNS = List.of(
            "dockerfile", "docker-compose.yml", "docker-compose.yaml", "compose.yaml", "jenkinsfile", ".gitlab-ci.yml");

    private static final List<String> RECIPES = List.of("dockerfile", "jenkinsfile", "containerfile");

    private static final Set<String> CLUSTERS = Set.of("k8s", "kubernetes", ".k8s");

    /** Kinds of files that only talk about a recipe, or read it. */
    private static final Set<String> OTHER_KINDS = Set.of(
            "md", "mdx", "txt", "rst", "adoc", "html", "css", "ts", "tsx", "js", "jsx", "mjs", "py", "java", "kt", "go",
            "rs", "rb", "php", "cs", "c", "h", "cpp", "json", "lock", "svg", "png", "snap");

    private PipelineFiles() {}

    /** Whether the file belongs to a pipeline or a deployment. */
    public static boolean includes(FilePath path) {
        for (String[] directory : DIRECTORIES) {
            if (path.isBelow(directory)) {
                return true;
            }
        }
        String name = path.last();
        if (NameGlob.isIn(name)) {
            return Character.isLetter(name.charAt(0)) && PATTERNS.stream().anyMatch(path::endsWith)
                    || name.startsWith(".g") && path.endsWith(".gitlab-ci.yml");
        }
        if (name.isEmpty()) {
            return false;
        }
        String yml = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) + ".yml" : name;
        return NAMES.contains(name) || NAMES.contains(yml) || isRecipe(name) || isYaml(yml, path);
    }

    /** Whether a directory holds such files when it is taken as a whole. */
    public static boolean isAbove(FilePath path) {
        return DIRECTORIES.stream().anyMatch(directory -> directory.length > 1 && path.endsWith(directory[0]));
    }

    /** Whether one of the readings of a text belongs to a pipeline or a deployment. */
    public static boolean includes(String text, String home) {
        return FilePath.readings(text, home).stream().anyMatch(PipelineFiles::includes);
    }

    /** {@code Dockerfile}, {@code Dockerfile.prod}, {@code prod.Dockerfile}; not {@code dockerfile-parser.ts}. */
    private static boolean isRecipe(String name) {
        for (String recipe : RECIPES) {
            if (name.equals(recipe) || name.endsWith("." + recipe)) {
                return true;
            }
            if (name.startsWith(recipe) && !Character.isLetterOrDigit(name.charAt(recipe.length()))) {
                return !OTHER_KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        return false;
    }

    private static boolean isYaml(String yml, FilePath path) {
        if (!yml.endsWith(".yml") && !(yml.endsWith(".json") && yml.startsWith("cloudbuild"))) {
            return false;
        }
        for (String stem : YAML_STEMS) {
            if (yml.startsWith(stem) && ".-_".indexOf(yml.charAt(stem.length())) >= 0
                    || yml.endsWith("." + stem + ".yml")) {
                return true;
            }
        }
        return path.names().stream().limit(path.names().size() - 1).anyMatch(CLUSTERS::contains);
    }
}
