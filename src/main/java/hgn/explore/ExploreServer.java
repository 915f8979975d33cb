package hgn.explore;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hgn.files.OneLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page and its questions under {@code http://HOST:PORT/TOKEN/}, on this machine alone
 * unless told otherwise, until it is closed.
 */
public final class ExploreServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExploreServer.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int THREADS = 4;
  private static final int WAITING = 64;
  private static final int INTERNAL_ERROR = 500;
  private static final int MOVED = 302;
  private static final int TOKEN_BYTES = 16;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Api api;
  private final Assets assets = new Assets();
  private final String token;
  private final String host;
  private final Guard guard;

  /**
   * Where to listen.
   *
   * @param host name or address; null for this machine alone
   * @param port 0 for any that is free
   * @param token of the address; null for a random one
   */
  public record Place(String host, int port, String token) {}

  /**
   * Listens from now on.
   *
   * @throws IOException if the port is taken, or the host is not this machine
   */
  public ExploreServer(Place place, Api api) throws IOException {
    this.api = api;
    token = place.token() == null ? randomToken() : place.token();
    InetAddress address = InetAddress.getByName(place.host() == null ? LOOPBACK : place.host());
    server = HttpServer.create(new InetSocketAddress(address, place.port()), 0);
    int port = server.getAddress().getPort();
    host = (place.host() == null ? LOOPBACK : place.host()) + ":" + port;
    Set<String> names = Set.of(LOOPBACK + ":" + port, "localhost:" + port);
    guard = new Guard(token, address.isLoopbackAddress() ? names : hosts(address, names));
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            named(),
            // a request more than that is dropped: the browser asks again
            new ThreadPoolExecutor.AbortPolicy());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The names of a server that others reach too: its own, or any where it listens everywhere. */
  private Set<String> hosts(InetAddress address, Set<String> names) {
    Set<String> all = new HashSet<>(names);
    all.add(host);
    return address.isAnyLocalAddress() ? Set.of() : all;
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "explore-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static String randomToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the address to open, with its token. */
  public String address() {
    return "http://" + host + "/" + token + "/";
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Reply reply;
      try {
        String path =
            guard.admit(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders());
        if (path == null) {
          exchange.getResponseHeaders().set("Location", "/" + token + "/");
          exchange.sendResponseHeaders(MOVED, -1);
          return;
        }
        reply = answer(path, exchange.getRequestURI().getRawQuery());
      } catch (RequestException refused) {
        reply = Reply.error(refused.status(), refused.getMessage());
      } catch (RuntimeException | OutOfMemoryError fault) {
        LOG.debug("a request failed", fault);
        reply = Reply.error(INTERNAL_ERROR, line(fault));
      }
      send(exchange, reply);
    } catch (IOException gone) {
      LOG.debug("the browser went away", gone);
    }
  }

  private static String line(Throwable fault) {
    String message = fault.getMessage();
    return message == null
        ? "internal error: " + fault.getClass().getSimpleName()
        : OneLine.of(message);
  }

  private Reply answer(String path, String query) {
    if (path.startsWith("api/")) {
      return api.answer(path.substring("api/".length()), new Query(query));
    }
    return assets
        .find(path)
        .orElseThrow(
            () -> new RequestException(RequestException.NOT_FOUND, "there is no such page"));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (reply.file() != null) {
      headers.set("Content-Disposition", "attachment; filename=\"" + reply.file() + "\"");
    }
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD") && reply.body().length > 0;
    exchange.sendResponseHeaders(reply.status(), hasBody ? reply.body().length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
