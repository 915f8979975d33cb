package hgn.backend.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * JCuda pins a Java array for the whole of a call, in which no garbage is collected, and a call may
 * compile kernels.
 */
class PinnedArraysTest {
  private static final DescribedPredicate<JavaCall<?>> PINNING =
      DescribedPredicate.describe(
          "takes a Java array as memory",
          call -> {
            Stream<JavaClass> types = call.getTarget().getRawParameterTypes().stream();
            return call.getTargetOwner().getName().equals("jcuda.Pointer")
                ? call.getName().equals("to") && types.anyMatch(JavaClass::isArray)
                : call.getName().startsWith("cuModuleLoad")
                    && types.anyMatch(type -> type.getName().equals("[B"));
          });

  @Test
  void noJavaArrayIsHandedOverAsMemory() {
    noClasses()
        .should()
        .callMethodWhere(PINNING.forSubtype())
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("hgn.backend.cuda"));
  }
}
