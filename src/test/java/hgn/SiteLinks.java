package hgn;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Follows every relative link of a rendered site, Javadoc included: the file must exist in the
 * site, and so must the anchor in it. Links to other hosts are not followed.
 *
 * <p>Needs nothing but the JDK: {@code java src/test/java/hgn/SiteLinks.java target/site}.
 */
public final class SiteLinks {
  private static final Pattern LINK = Pattern.compile("\\s(?:href|src)=[\"']([^\"']*)[\"']");
  private static final Pattern ANCHOR = Pattern.compile("\\s(?:id|name)=[\"']([^\"']+)[\"']");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|//.*");

  /** Javadoc's own contents of this page name packages in groups for which it sets no anchor. */
  private static final String CONSTANTS = "constant-values.html";

  private final Path site;
  private final Map<Path, Set<String>> anchors = new HashMap<>();
  private int links;

  /** Links of the site in this folder. */
  public SiteLinks(Path site) {
    this.site = site.toAbsolutePath().normalize();
  }

  /** Checks the site in the folder given; exits with 1 if a link is broken or there are none. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: SiteLinks FOLDER, the folder of a rendered site");
      System.exit(2);
    }
    SiteLinks checked = new SiteLinks(Path.of(arguments[0]));
    List<String> broken = checked.broken();
    broken.forEach(System.err::println);
    System.out.println(
        checked.links + " links in " + checked.site + ", " + broken.size() + " broken");
    System.exit(broken.isEmpty() && checked.links > 0 ? 0 : 1);
  }

  /** Each broken link, with the page that has it and what is missing. */
  public List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = unescaped(link.group(1));
        if (!target.isEmpty() && !ABSOLUTE.matcher(target).matches()) {
          links++;
          missing(page, target)
              .ifPresent(what -> broken.add(site.relativize(page) + ": " + target + ": " + what));
        }
      }
    }
    return broken;
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files
          .filter(file -> file.toString().endsWith(".html") && !file.endsWith(CONSTANTS))
          .sorted()
          .toList();
    }
  }

  private Optional<String> missing(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String place = (hash < 0 ? target : target.substring(0, hash)).replaceFirst("\\?.*", "");
    Path file = place.isEmpty() ? page : page.resolveSibling(decoded(place)).normalize();
    if (Files.isDirectory(file)) {
      file = file.resolve("index.html");
    }
    if (!file.startsWith(site)) {
      return Optional.of("outside of the site");
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("no such file");
    }
    String anchor = hash < 0 ? "" : decoded(target.substring(hash + 1));
    boolean found = anchor.isEmpty() || anchorsOf(file).contains(anchor);
    return found ? Optional.empty() : Optional.of("no such anchor");
  }

  private Set<String> anchorsOf(Path page) throws IOException {
    Set<String> known = anchors.get(page);
    if (known == null) {
      known = new HashSet<>();
      Matcher anchor = ANCHOR.matcher(Files.readString(page));
      while (anchor.find()) {
        known.add(unescaped(anchor.group(1)));
      }
      anchors.put(page, known);
    }
    return known;
  }

  private static String decoded(String anchor) {
    return URLDecoder.decode(anchor.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
