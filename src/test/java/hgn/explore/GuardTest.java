package hgn.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are let in, and those that are not. */
class GuardTest {
  private static final String HOST = "127.0.0.1:7654";
  private final Guard guard = new Guard("secret", Set.of(HOST, "localhost:7654"));

  private static Headers headers(String host, String origin) {
    Headers headers = new Headers();
    if (host != null) {
      headers.set("Host", host);
    }
    if (origin != null) {
      headers.set("Origin", origin);
    }
    return headers;
  }

  private String admit(String path) {
    return guard.admit("GET", path, null, headers(HOST, null));
  }

  @Test
  void itsOwnPageIsLetIn() {
    assertEquals("", admit("/secret/"));
    assertEquals("api/runs", admit("/secret/api/runs"));
    assertEquals(
        "js/main.js",
        guard.admit("HEAD", "/secret/js/main.js", "x=1", headers(HOST, "http://" + HOST)));
    assertEquals("", guard.admit("GET", "/secret/", null, headers("localhost:7654", null)));
    assertNull(admit("/secret"), "the slash is missing");
  }

  @ParameterizedTest
  @CsvSource({"/", "/secre/", "/secrets/", "/SECRET/", "/%73ecret/", "//secret/", "/api/runs"})
  void othersHaveNotTheToken(String path) {
    RequestException refused = assertThrows(RequestException.class, () -> admit(path));
    assertEquals(RequestException.FORBIDDEN, refused.status());
    assertTrue(refused.getMessage().contains("token"));
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example:7654,", // a name that was made to point here
    "127.0.0.1:80,",
    ",",
    "127.0.0.1:7654, http://evil.example", // a page from elsewhere
    "127.0.0.1:7654, https://127.0.0.1:7654",
    "127.0.0.1:7654, null"
  })
  void otherNamesAndOriginsAreRefused(String host, String origin) {
    RequestException refused =
        assertThrows(
            RequestException.class,
            () -> guard.admit("GET", "/secret/", null, headers(host, origin)));
    assertEquals(RequestException.FORBIDDEN, refused.status());
  }

  @Test
  void onlyReadingIsAnswered() {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
      RequestException refused =
          assertThrows(
              RequestException.class,
              () -> guard.admit(method, "/secret/", null, headers(HOST, null)));
      assertEquals(RequestException.METHOD_NOT_ALLOWED, refused.status());
    }
  }

  @Test
  void longAddressesAreRefused() {
    RequestException refused =
        assertThrows(
            RequestException.class,
            () ->
                guard.admit(
                    "GET", "/secret/api/film", "z=" + "1".repeat(9000), headers(HOST, null)));
    assertEquals(RequestException.BAD_REQUEST, refused.status());
  }

  @Test
  void requestsBeyondAllLookingAreRefused() {
    RequestException refused =
        assertThrows(
            RequestException.class,
            () -> {
              for (int i = 0; i < 1000; i++) {
                admit("/secret/api/runs");
              }
            });
    assertEquals(RequestException.TOO_MANY, refused.status());
  }

  @Test
  void aServerForAllAddressesTakesAnyNameButNoForeignPage() {
    Guard open = new Guard("secret", Set.of());
    assertEquals("", open.admit("GET", "/secret/", null, headers("lab.example:7654", null)));
    assertThrows(
        RequestException.class,
        () -> open.admit("GET", "/secret/", null, headers("lab.example:7654", "http://evil")));
  }
}
