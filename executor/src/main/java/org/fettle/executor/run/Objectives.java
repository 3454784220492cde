package org.fettle.executor.run;

import java.lang.reflect.InvocationTargetException;

/** Makes objectives from the name of their class. */
final class Objectives {

  private Objectives() {}

  /**
   * A new instance.
   *
   * @throws IllegalArgumentException where the class is not there or not as {@link Objective} says
   * @throws InvocationTargetException with what the constructor threw
   */
  static Objective create(String type) throws InvocationTargetException {
    Class<?> found;
    try {
      found = Class.forName(type, false, loader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "Objective must be a class on the class path of the executors, but was " + type, e);
    }
    if (!Objective.class.isAssignableFrom(found)) {
      throw new IllegalArgumentException(
          "Objective must implement " + Objective.class.getName() + ", but was " + found);
    }
    try {
      return found.asSubclass(Objective.class).getConstructor().newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "Objective must be public, not abstract, with a public constructor without parameters, "
              + "but was "
              + found,
          e);
    }
  }

  /** The thread's loader knows the jars that came with the job. */
  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Objectives.class.getClassLoader() : context;
  }
}
