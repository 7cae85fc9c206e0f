package cloud.enact.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A store that an application may write, and the command line that reads it. */
abstract class CliFixture {

    @TempDir
    Path folder;

    final Map<String, String> environment = new HashMap<>(Map.of("ENACT_SECRET", Workshop.SECRET));

    Path file = Path.of("");

    @BeforeEach
    void name() {
        this.file = this.folder.resolve("enact").resolve("enact.db");
    }

    record Result(int status, String out, String err) {

        JsonNode json() {
            return JsonMapper.builder().build().readTree(this.out);
        }
    }

    Result enact(Object... args) {
        List<String> all = new ArrayList<>(List.of("--store", this.file.toString()));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        return plain(all.toArray(String[]::new));
    }

    Result plain(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int status = EnactCli.run(out, new PrintWriter(err), this.environment::get, args);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    Workshop workshop() throws Exception {
        return new Workshop(this.folder);
    }

    void tamper(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
