package hgn.physics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** A user-defined system, created from its class name. */
final class UserSystem {
  private UserSystem() {}

  /**
   * Creates an object of the class {@code name}.
   *
   * @throws IllegalArgumentException if there is no such class on the class path, it is not a
   *     {@link PhysicalSystem}, it has no public no-argument constructor, that constructor throws,
   *     or the system cannot be filmed
   */
  static PhysicalSystem load(String name) {
    PhysicalSystem system = construct(name, find(name));
    check(name, system);
    return system;
  }

  /** Finds the class without running any of its code: it may be none that is meant to be run. */
  private static Class<?> find(String name) {
    try {
      return Class.forName(name, false, UserSystem.class.getClassLoader());
    } catch (LinkageError e) {
      throw wrong(name, "cannot be loaded: " + e);
    } catch (ClassNotFoundException e) {
      throw wrong(name, "is not on the class path; run java -cp hgn4j.jar:YOURS hgn.cli.Main");
    }
  }

  private static PhysicalSystem construct(String name, Class<?> type) {
    if (!PhysicalSystem.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
      throw wrong(name, "is no class that implements " + PhysicalSystem.class.getName());
    }
    try {
      return (PhysicalSystem) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw wrong(name, "cannot be made: its constructor threw " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw wrong(name, "needs to be public, with a public constructor without arguments");
    } catch (LinkageError e) {
      throw wrong(name, "cannot be loaded: " + e);
    }
  }

  private static void check(String name, PhysicalSystem system) {
    if (system.degreesOfFreedom() < 1) {
      throw wrong(name, "has " + system.degreesOfFreedom() + " degrees of freedom; it needs one");
    }
    if (system.bodies() < 1) {
      throw wrong(name, "has " + system.bodies() + " bodies to draw; it needs one");
    }
    if (!(system.worldHalfWidth() > 0 && Double.isFinite(system.worldHalfWidth()))) {
      throw wrong(name, "shows a world of half-width " + system.worldHalfWidth());
    }
    if (!(system.noise() >= 0 && Double.isFinite(system.noise()))) {
      throw wrong(name, "has noise " + system.noise() + "; it must be 0 or more");
    }
  }

  private static IllegalArgumentException wrong(String name, String problem) {
    return new IllegalArgumentException("[physics] system: class " + name + " " + problem);
  }
}
