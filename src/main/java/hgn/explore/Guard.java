package hgn.explore;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Decides which requests are answered: those of this server's own page. Any page of the web can
 * make a browser send requests to this machine, and any name can be made to point to it; so the
 * address holds a token, and the headers Host and Origin must be the server's own.
 */
final class Guard {
  /** A tab that plays, polls and drags stays far below this. */
  private static final int MAX_A_SECOND = 60;

  private static final int MAX_ADDRESS = 8192;
  private static final long SECOND = 1_000_000_000;

  private final String token;
  private final Set<String> hosts;
  private final Deque<Long> recent = new ArrayDeque<>();

  /**
   * Guards a server.
   *
   * @param token of its address
   * @param hosts values of Host by which it may be called, with the port; none for any, where it
   *     listens on all addresses of this machine
   */
  Guard(String token, Set<String> hosts) {
    this.token = token;
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * Returns the path below the token's, such as {@code api/runs}; null where only the slash behind
   * the token is missing.
   *
   * @throws RequestException if the request is not to be answered
   */
  String admit(String method, String rawPath, String rawQuery, Headers headers) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new RequestException(
          RequestException.METHOD_NOT_ALLOWED, method + " is not answered here; use GET");
    }
    String host = headers.getFirst("Host");
    if (host == null || !hosts.isEmpty() && !hosts.contains(host)) {
      throw forbidden("this server is not called '" + host + "'");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      throw forbidden("pages of " + origin + " may not ask this server");
    }
    int length = rawPath.length() + (rawQuery == null ? 0 : rawQuery.length());
    if (length > MAX_ADDRESS) {
      throw new RequestException(RequestException.BAD_REQUEST, "the address is too long");
    }
    String path = below(rawPath);
    if (path != null && path.startsWith("api/")) { // the page's own files cost nothing
      admitRate();
    }
    return path;
  }

  private String below(String path) {
    int end = path.indexOf('/', 1);
    String given = path.startsWith("/") ? path.substring(1, end < 0 ? path.length() : end) : "";
    // in a time that does not depend on where the two differ
    if (!MessageDigest.isEqual(bytes(given), bytes(token))) {
      throw forbidden("open the whole address that the program printed, with its token");
    }
    return end < 0 ? null : path.substring(end + 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private synchronized void admitRate() {
    long now = System.nanoTime();
    while (!recent.isEmpty() && now - recent.peek() > SECOND) {
      recent.remove();
    }
    if (recent.size() >= MAX_A_SECOND) {
      throw new RequestException(
          RequestException.TOO_MANY, "too many requests in a second; try again in a moment");
    }
    recent.add(now);
  }

  private static RequestException forbidden(String reason) {
    return new RequestException(RequestException.FORBIDDEN, reason);
  }
}
