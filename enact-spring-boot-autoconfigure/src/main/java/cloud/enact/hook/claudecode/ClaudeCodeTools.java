package cloud.enact.hook.claudecode;

import cloud.enact.hook.AgentTool;
import cloud.enact.hook.ToolKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools of Claude Code, and what their inputs name. */
final class ClaudeCodeTools {

    private static final String MCP = "mcp__";

    private static final int LONGEST = 256;

    /** Tools with a meaning of their own here, and what must be in their input. */
    private static final Map<String, ToolKind> KINDS = Map.ofEntries(
            Map.entry("Bash", ToolKind.SHELL),
            Map.entry("PowerShell", ToolKind.SHELL),
            Map.entry("Monitor", ToolKind.SHELL),
            Map.entry("Write", ToolKind.WRITE),
            Map.entry("Edit", ToolKind.EDIT),
            Map.entry("MultiEdit", ToolKind.EDIT),
            Map.entry("NotebookEdit", ToolKind.EDIT),
            Map.entry("Read", ToolKind.READ),
            Map.entry("Glob", ToolKind.SEARCH),
            Map.entry("Grep", ToolKind.SEARCH),
            Map.entry("WebFetch", ToolKind.FETCH),
            Map.entry("WebSearch", ToolKind.FETCH),
            Map.entry("Agent", ToolKind.AGENT),
            Map.entry("Task", ToolKind.AGENT));

    /** Tools that ask the user themselves, so that allowing them says nothing. */
    private static final Set<String> ASK_THEMSELVES = Set.of("AskUserQuestion", "ExitPlanMode");

    private ClaudeCodeTools() {}

    /** Whether a tool asks the user itself. */
    static boolean asksItself(AgentTool tool) {
        return ASK_THEMSELVES.contains(tool.rawName());
    }

    /**
     * Reads which tool a call is of.
     *
     * @param server {@code mcp_server} as it came, or {@code null}
     * @throws IllegalArgumentException with the end of a sentence about the request
     */
    static AgentTool read(String name, Map<?, ?> input, String cwd, @Nullable Object server) {
        if (name.length() > LONGEST || !name.chars().allMatch(ClaudeCodeTools::isOfName)) {
            throw new IllegalArgumentException("has a 'tool_name' that is no name of a tool");
        }
        if (name.startsWith(MCP)) {
            return mcp(name, server);
        }
        ToolKind kind = KINDS.get(name);
        if (kind == null) {
            if (name.regionMatches(true, 0, MCP, 0, MCP.length())
                    || KINDS.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new IllegalArgumentException("has a 'tool_name' in another case than the tool of that name");
            }
            return tool(name, name, ToolKind.OTHER, null, List.of(), null);
        }
        return switch (name) {
            case "Bash", "PowerShell" -> tool(name, name, kind, command(input), List.of(), null);
            case "Monitor" -> monitor(input);
            case "Write" -> withPath(name, kind, input, cwd, "file_path", "content");
            case "Edit" -> withPath(name, kind, input, cwd, "file_path", "old_string", "new_string");
            case "MultiEdit" -> {
                if (!(input.get("edits") instanceof List<?>)) {
                    throw new IllegalArgumentException("has no list 'edits'");
                }
                yield withPath(name, kind, input, cwd, "file_path");
            }
            case "NotebookEdit" -> withPath(name, kind, input, cwd, "notebook_path");
            case "Read" -> withPath(name, kind, input, cwd, "file_path");
            case "Glob", "Grep" -> {
                Members.text(input, "pattern");
                String path = Members.optionalText(input, "path");
                yield tool(name, name, kind, null, List.of(absolute((path != null) ? path : ".", cwd)), null);
            }
            case "WebFetch" -> tool(name, name, kind, null, List.of(), limited(Members.text(input, "url"), "url"));
            case "WebSearch" -> {
                Members.text(input, "query");
                yield tool(name, name, kind, null, List.of(), null);
            }
            default -> {
                Members.requireText(input, "prompt");
                yield tool(name, "Agent", kind, null, List.of(), null);
            }
        };
    }

    private static AgentTool monitor(Map<?, ?> input) {
        if (input.get("command") == null && input.get("ws") instanceof Map<?, ?> socket) {
            String url = limited(Members.text(socket, "url"), "url");
            return tool("Monitor", "Monitor", ToolKind.FETCH, null, List.of(), url);
        }
        return tool("Monitor", "Monitor", ToolKind.SHELL, command(input), List.of(), null);
    }

    private static String command(Map<?, ?> input) {
        return limited(Members.text(input, "command"), "command");
    }

    private static AgentTool withPath(
            String name, ToolKind kind, Map<?, ?> input, String cwd, String pathName, String... texts) {
        String path = limited(Members.text(input, pathName), pathName);
        for (String text : texts) {
            Members.requireText(input, text);
        }
        return tool(name, name, kind, null, List.of(absolute(path, cwd)), null);
    }

    private static String limited(String text, String name) {
        if (text.length() > Members.LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "has a '" + name + "' of more than " + Members.LONGEST_NAME + " characters");
        }
        return text;
    }

    /** As it would be found from the directory the agent works in, by its text alone. */
    private static String absolute(String path, String cwd) {
        if (isAbsolute(path) || path.startsWith("~")) {
            return path;
        }
        char separator = cwd.startsWith("/") ? '/' : '\\';
        String plain = path.equals(".") ? "" : path.startsWith("./") ? path.substring(2) : path;
        if (plain.isEmpty()) {
            return cwd;
        }
        return (cwd.charAt(cwd.length() - 1) == separator) ? cwd + plain : cwd + separator + plain;
    }

    /** Whether a path is absolute on one of the systems that the agent runs on. */
    static boolean isAbsolute(String path) {
        return path.startsWith("/")
                || path.startsWith("\\\\")
                || path.length() > 2
                        && Character.isLetter(path.charAt(0))
                        && path.charAt(1) == ':'
                        && "/\\".indexOf(path.charAt(2)) >= 0;
    }

    private static AgentTool tool(
            String name,
            String canonical,
            ToolKind kind,
            @Nullable String command,
            List<String> paths,
            @Nullable String url) {
        String action = ClaudeCode.SYSTEM + "." + snake(canonical);
        return new AgentTool(name, canonical, kind, action, null, null, command, paths, url);
    }

    private static AgentTool mcp(String name, @Nullable Object told) {
        String server;
        String tool;
        if (told == null) {
            // the name of the server ends at the first two underscores
            int end = name.indexOf("__", MCP.length());
            server = (end < 0) ? name.substring(MCP.length()) : name.substring(MCP.length(), end);
            tool = (end < 0) ? "" : name.substring(end + 2);
        } else {
            if (!(told instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("has an 'mcp_server' that is no object");
            }
            server = Members.name(object, "name");
            String prefix = MCP + cleaned(server) + "__";
            if (!name.startsWith(prefix)) {
                throw new IllegalArgumentException("names one MCP server in 'tool_name' and another in 'mcp_server'");
            }
            tool = name.substring(prefix.length());
        }
        if (server.isEmpty() || tool.isEmpty()) {
            throw new IllegalArgumentException("has a 'tool_name' without server or tool");
        }
        String action = "mcp." + cleaned(server) + "." + tool;
        return new AgentTool(name, name, ToolKind.MCP, action, server, tool, null, List.of(), null);
    }

    private static String cleaned(String server) {
        StringBuilder cleaned = new StringBuilder(server.length());
        server.chars().forEach(c -> cleaned.append(isOfName(c) ? (char) c : '_'));
        return cleaned.toString();
    }

    private static boolean isOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /** {@code NotebookEdit} is {@code notebook_edit}. */
    static String snake(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean starts = Character.isUpperCase(c)
                    && i > 0
                    && (!Character.isUpperCase(name.charAt(i - 1))
                            || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)));
            if (starts && snake.charAt(snake.length() - 1) != '_') {
                snake.append('_');
            }
            snake.append(c);
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }
}
