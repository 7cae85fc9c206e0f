package cloud.enact.bench.hook;

import cloud.enact.bench.WebDesk;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that answers hooks, and beside them requests of the same size that nobody thinks about. */
@WebDesk
class HookedDesk {

    @RestController
    static class Nothing {

        /** Reads what is sent, and has no opinion. */
        @PostMapping(path = "/nothing", produces = MediaType.APPLICATION_JSON_VALUE)
        String answer(HttpServletRequest request) throws IOException {
            request.getInputStream().readAllBytes();
            return "{}";
        }
    }
}
