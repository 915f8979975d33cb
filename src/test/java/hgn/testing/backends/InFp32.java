package hgn.testing.backends;

import hgn.tensor.Precision;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need convolutions without reduced precision. Afterwards the precision is what it was
 * before, for whatever runs later in the same process.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(InFp32.Setting.class)
public @interface InFp32 {
  /** Sets and restores it. */
  final class Setting implements BeforeAllCallback, AfterAllCallback {
    private Precision.Entered entered;

    @Override
    public void beforeAll(ExtensionContext context) {
      entered = Precision.FP32.enter();
    }

    @Override
    public void afterAll(ExtensionContext context) {
      entered.close();
    }
  }
}
