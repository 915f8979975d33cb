package hgn.testing.backends;

import hgn.tensor.Backend;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the methods of {@link Backend} whose contract a test checks, overloaded ones with the
 * simple names of their parameter types, such as {@code upload(double[],Tensor)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Covers {
  String[] value();
}
