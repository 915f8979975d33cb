package hgn.cli;

import hgn.cli.options.OptionRange;
import hgn.explore.Api;
import hgn.explore.ExploreServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a page is served. */
final class ServerOptions {
  private static final int MIN_TOKEN = 16;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port = 7654;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address to listen on (default: 127.0.0.1, so that only this machine can reach"
              + " it); for any other give a --token.")
  private String host;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description =
          "Secret part of the address, letters and digits, at least 16 (default: a random one).")
  private String token;

  /**
   * Starts a server.
   *
   * @throws IOException if it cannot listen there
   */
  ExploreServer start(Api api, OptionRange limits) throws IOException {
    limits.require("--port", port, 0, 65535);
    if (token != null && !token.matches("[A-Za-z0-9]{" + MIN_TOKEN + ",128}")) {
      throw wrong("--token must be " + MIN_TOKEN + " to 128 letters and digits");
    }
    if (token == null && host != null && !isLoopback()) {
      throw wrong(
          "--host "
              + host
              + " lets other machines reach the page, unencrypted, and compute with the model;"
              + " if that is meant, give a --token of your own too");
    }
    return new ExploreServer(new ExploreServer.Place(host, port, token), api);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw wrong("--host " + host + " is no name or address that is known");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Says in a line why a server cannot listen. */
  String describe(IOException failed) {
    return "cannot listen on "
        + (host == null ? "127.0.0.1" : host)
        + ":"
        + port
        + " ("
        + failed.getMessage()
        + "); choose another --port, or 0 for any that is free";
  }
}
