package cloud.enact.connector.github;

import cloud.enact.undo.StepResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a file of a repository. */
final class GetFile extends ReadStep {

    /** As much as GitHub puts into one answer. */
    private static final long MOST_BYTES = 1 << 20;

    private final String path;

    private final @Nullable String ref;

    GetFile(GitHubSite site, GitHubArguments arguments) {
        super(site, GitHubOperation.GET_FILE, arguments, "content");
        this.path = arguments.path();
        this.ref = arguments.has("ref") ? arguments.word("ref") : null;
    }

    @Override
    StepResult change() {
        JsonNode file = client().get(this.repository.path() + "/contents/" + References.encoded(this.path)
                + ((this.ref != null) ? "?ref=" + Threads.encoded(this.ref) : ""));
        if (file == null) {
            throw impossible(
                    "There is no file '" + this.path + "'" + ((this.ref != null) ? " in '" + this.ref + "'" : ""));
        }
        if (!file.path("type").asString("").equals("file")) {
            throw impossible("'" + this.path + "' is not a file");
        }
        long size = file.path("size").asLong(0);
        if (size > MOST_BYTES || !file.path("encoding").asString("").equals("base64")) {
            throw impossible("'" + this.path + "' has " + size + " bytes, more than the " + MOST_BYTES
                    + " that are read at once");
        }
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put("path", this.path);
        output.put("sha", file.path("sha").asString(""));
        output.put("size", size);
        content(file.path("content").asString(""), output);
        return done(output);
    }

    private static void content(String encoded, Map<String, @Nullable Object> output) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException ex) {
            throw impossible("GitHub's answer can't be read");
        }
        try {
            output.put(
                    "content",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
            output.put("encoding", "utf-8");
        } catch (CharacterCodingException ex) {
            // not text
            output.put("content", Base64.getEncoder().encodeToString(bytes));
            output.put("encoding", "base64");
        }
    }
}
