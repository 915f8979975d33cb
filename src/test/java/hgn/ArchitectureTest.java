package hgn;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the main code to the directions in which its packages may know one another. */
class ArchitectureTest {
  private static final int MAX_FILES = 30;
  private static final Path SOURCES = Path.of("src/main/java");

  /** Packages whose many small files are of one kind. */
  private static final Set<String> LARGE = Set.of("hgn/tensor", "hgn/backend/cuda");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("hgn");

  @Test
  void noTwoPackagesDependOnEachOther() {
    assertTrue(MAIN.size() > 400, "only " + MAIN.size() + " classes were found");
    slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void theEngineKnowsNothingAboveIt() {
    knowsOnly("hgn.random..", "org.hipparchus..");
    knowsOnly("hgn.tensor..", "hgn.random..");
    knowsOnly("hgn.backend..", "hgn.tensor..", "hgn.random..", "hgn.threads..", "hgn.files..");
    knowsOnly("hgn.autograd..", "hgn.tensor..", "hgn.random..");
    knowsOnly("hgn.nn..", "hgn.autograd..", "hgn.tensor..", "hgn.random..");
    knowsOnly("hgn.dynamics..", "hgn.nn..", "hgn.autograd..", "hgn.tensor..");
    noClasses()
        .that()
        .resideOutsideOfPackage("hgn.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("hgn.backend..")
        .because("backends are found by ServiceLoader")
        .check(MAIN);
    classes()
        .that(resideInAPackage("hgn.backend.cuda.."))
        .should()
        .onlyBeAccessed()
        .byAnyPackage("hgn.backend.cuda..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage("hgn.backend.cuda..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jcuda..")
        .check(MAIN);
  }

  @Test
  void modelsLearnFromPixelsAlone() {
    knowsOnly("hgn.model..", "hgn.dynamics..", "hgn.nn..", "hgn.autograd..", "hgn.tensor..");
    knowsOnly("hgn.nhf..", "hgn.nn..", "hgn.autograd..", "hgn.tensor..");
    knowsOnly(
        "hgn.verify..", "hgn.dynamics..", "hgn.autograd..", "hgn.tensor..", "org.hipparchus..");
  }

  @Test
  void physicsKnowsNeitherTensorsNorModels() {
    knowsOnly("hgn.physics..", "hgn.random..", "hgn.text..", "org.hipparchus..");
    knowsOnly("hgn.frames..", "hgn.physics..", "hgn.random..", "org.hipparchus..");
    knowsOnly(
        "hgn.floor..",
        "hgn.frames..",
        "hgn.physics..",
        "hgn.random..",
        "hgn.threads..",
        "org.hipparchus..");
    knowsOnly("hgn.density..", "hgn.random..", "hgn.text..");
    knowsOnly(
        "hgn.mechanics..",
        "hgn.physics..",
        "hgn.autograd..",
        "hgn.tensor..",
        "hgn.random..",
        "hgn.text..");
  }

  /** A decimal comma or digits of a country's own break files, and the comparison of pictures. */
  @Test
  void nothingDependsOnTheLocaleOfTheMachine() {
    noClasses()
        .should()
        .callMethodWhere(target(new TakesTheLocale()))
        .orShould()
        .callConstructorWhere(target(new TakesTheLocale()))
        .because("a locale is named, mostly Locale.ROOT")
        .check(MAIN);
  }

  /** Methods and constructors of the JDK that ask for the default locale. */
  private static final class TakesTheLocale extends DescribedPredicate<AccessTarget> {
    private static final Set<String> CASES = Set.of("toLowerCase", "toUpperCase");
    private static final Set<String> FORMATS = Set.of("format", "printf", "formatted");
    private static final Set<String> CLASSES =
        Set.of(
            "java.util.Scanner",
            "java.util.Formatter",
            "java.text.DecimalFormat",
            "java.text.NumberFormat",
            "java.text.MessageFormat",
            "java.text.SimpleDateFormat",
            "java.text.DateFormat",
            "java.text.Collator",
            "java.text.DecimalFormatSymbols",
            "java.time.format.DateTimeFormatter");

    TakesTheLocale() {
      super("takes the default locale");
    }

    @Override
    public boolean test(AccessTarget target) {
      if (!(target instanceof AccessTarget.CodeUnitCallTarget called)
          || called.getRawParameterTypes().stream()
              .anyMatch(type -> type.isEquivalentTo(Locale.class))) {
        return false;
      }
      String owner = called.getOwner().getName();
      String name = called.getName();
      boolean ofText = owner.equals("java.lang.String");
      return ofText && CASES.contains(name)
          || owner.startsWith("java.") && FORMATS.contains(name) && takesArguments(called)
          || CLASSES.contains(owner)
              && (name.equals("<init>") || name.startsWith("get") || name.startsWith("of"));
    }

    private static boolean takesArguments(AccessTarget.CodeUnitCallTarget called) {
      return called.getRawParameterTypes().stream()
          .anyMatch(type -> type.isEquivalentTo(Object[].class));
    }
  }

  @Test
  void trainingKnowsNoReportsAndNoCommands() {
    Map<String, String> order = new TreeMap<>();
    order.put("hgn.config..", "hgn.data..");
    order.put("hgn.data..", "hgn.loss..");
    order.put("hgn.loss..", "hgn.run..");
    order.put("hgn.run..", "hgn.train..");
    order.put("hgn.predict..", "hgn.train..");
    order.put("hgn.train..", "hgn.report..");
    order.put("hgn.tfrecord..", "hgn.films..");
    order.put("hgn.tensorboard..", "hgn.reproduce..");
    order.put("hgn.compare..", "hgn.cli..");
    order.put("hgn.report..", "hgn.evaluate..");
    order.put("hgn.evaluate..", "hgn.reproduce..");
    order.put("hgn.reproduce..", "hgn.cli..");
    order.put("hgn.doctor..", "hgn.cli..");
    order.forEach(
        (below, above) ->
            noClasses()
                .that()
                .resideInAPackage(below)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(above)
                .check(MAIN));
  }

  /** Beside itself and the JDK, a package may know these and nothing else. */
  private static void knowsOnly(String some, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    allowed.add(some);
    allowed.add("org.slf4j..");
    if (some.equals("hgn.backend..")) {
      allowed.add("jcuda..");
    }
    DescribedPredicate<JavaClass> stranger =
        resideInAnyPackage("hgn..", "com..", "org..", "jcuda..")
            .and(not(resideInAnyPackage(allowed.toArray(String[]::new))));
    noClasses()
        .that()
        .resideInAPackage(some)
        .should()
        .dependOnClassesThat(stranger.as("reside outside of %s", allowed))
        .check(MAIN);
  }

  @Test
  void packagesAreSmallEnoughToLookThrough() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    for (Path file : sources()) {
      files.merge(SOURCES.relativize(file.getParent()).toString(), 1, Integer::sum);
    }
    files.keySet().removeAll(LARGE);
    files.values().removeIf(count -> count <= MAX_FILES);
    assertEquals(Map.of(), files, "packages of more than " + MAX_FILES + " files");
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() throws IOException {
    Pattern printing = Pattern.compile(".*(System\\.(out|err|exit)|printStackTrace\\().*");
    List<String> breaches = new ArrayList<>();
    for (Path file : sources()) {
      if (!SOURCES.relativize(file).startsWith(Path.of("hgn", "cli"))) {
        for (String line : Files.readAllLines(file)) {
          if (printing.matcher(line).matches()) {
            breaches.add(file + ": " + line);
          }
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Each package by itself, those below another one too. */
  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
