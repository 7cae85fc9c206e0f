package cloud.enact.sample;

import cloud.enact.EnactAction;
import cloud.enact.connector.filesystem.FilesystemConnector;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** Tools of the agent for files. They work through the connector, which remembers what was there before. */
@Component
public class ProjectTools {

    private final FilesystemConnector files;

    ProjectTools(FilesystemConnector files) {
        this.files = files;
    }

    /** Writes a file. */
    @Tool(name = "write_file", description = "Write a text file of the project, replacing what is there.")
    @EnactAction("project.write_file")
    public String writeFile(
            @ToolParam(description = "Path relative to the project") String path,
            @ToolParam(description = "The whole new content") String content) {
        this.files.writeFile(path, content);
        return "written";
    }

    /** Deletes a folder. */
    @Tool(name = "delete_folder", description = "Delete a folder of the project with everything in it.")
    @EnactAction("project.delete_folder")
    public String deleteFolder(@ToolParam(description = "Path relative to the project") String path) {
        return "deleted " + this.files.deleteDir(path).output().get("entries") + " entries";
    }
}
