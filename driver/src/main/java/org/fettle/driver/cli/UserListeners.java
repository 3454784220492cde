package org.fettle.driver.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fettle.driver.job.JobSpec;
import org.fettle.driver.job.Problems;
import org.fettle.driver.study.StudyListener;

/** The listeners that a job names, from the user's jars. */
final class UserListeners {

  private UserListeners() {}

  /** Adds a problem for each class that cannot listen. */
  static void check(JobSpec job, Problems problems) {
    List<String> names = job.watching().listeners();
    for (int i = 0; i < names.size(); i++) {
      String path = "listeners[" + i + "]";
      String name = names.get(i);
      try {
        Class<?> type = type(name);
        if (!StudyListener.class.isAssignableFrom(type)) {
          problems.add(path, name, "must implement " + StudyListener.class.getName());
        } else if (Arrays.stream(type.getConstructors())
            .noneMatch(each -> each.getParameterCount() == 0)) {
          problems.add(path, name, "must have a public constructor without arguments");
        }
      } catch (ClassNotFoundException | LinkageError e) {
        problems.add(path, name, "must be a class on the class path", "give its jar with --jars");
      }
    }
  }

  /**
   * Makes them.
   *
   * @throws IllegalStateException if a constructor throws
   */
  static List<StudyListener> of(List<String> names) {
    List<StudyListener> listeners = new ArrayList<>();
    for (String name : names) {
      try {
        listeners.add((StudyListener) type(name).getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new IllegalStateException("Cannot make listener " + name + ": " + cause, e);
      }
    }
    return listeners;
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
  }
}
