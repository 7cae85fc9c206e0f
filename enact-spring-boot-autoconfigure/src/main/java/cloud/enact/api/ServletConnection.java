package cloud.enact.api;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;

/**
 * The connection of a request to a servlet. What filters put round the request tells what headers say, and those
 * anybody can write; it is not looked at here.
 */
public final class ServletConnection {

    private ServletConnection() {}

    /** The connection of a request. */
    public static Connection of(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        HttpServletRequest http = (innermost instanceof HttpServletRequest plain) ? plain : request;
        return new Connection(
                http.getRemoteAddr(),
                http.getLocalAddr(),
                http.getHeader("Host"),
                http.getHeader("Origin"),
                Collections.list(http.getHeaderNames()));
    }
}
