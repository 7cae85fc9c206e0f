package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Tools whose names have characters that names of actions have not. */
class ToolNameTests {

    private static final List<String> DONE = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Test
    void allowingOneToolAllowsNoOther() {
        DONE.clear();
        List<String> names = List.of(
                "\u67e5\u8be2\u5929\u6c14",
                "\u5220\u9664\u6587\u4ef6",
                "____",
                "r\u00e9sum\u00e9",
                "r\u00easum\u00ea",
                "x".repeat(200) + "1",
                "x".repeat(200) + "2");

        for (String allowed : names) {
            GateHarness.application(this.directory)
                    .withPropertyValues("enact.tools.allow=" + ToolNames.clean(allowed))
                    .run(context -> {
                        for (String name : names) {
                            GateHarness.enact(context).gate(tool(name))[0].call("{}");
                        }
                    });
        }

        assertThat(DONE).containsExactlyElementsOf(names);
    }

    @Test
    void usualNamesStandAsTheyAre() {
        assertThat(List.of("get_weather", "crm.delete", "getWeather2", "a-b"))
                .allSatisfy(name -> assertThat(ToolNames.clean(name)).isEqualTo(name));
        assertThat(ToolNames.clean(" ")).isEqualTo("unnamed");
    }

    private static ToolCallback tool(String name) {
        return FunctionToolCallback.<Map<String, Object>, String>builder(name, input -> {
                    DONE.add(name);
                    return "done";
                })
                .description("Does something")
                .inputType(Map.class)
                .build();
    }
}
