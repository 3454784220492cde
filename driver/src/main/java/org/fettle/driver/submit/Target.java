package org.fettle.driver.submit;

import java.util.Locale;

/** The kinds of clusters that a job can be submitted to. */
public enum Target {
  YARN,
  KUBERNETES,
  STANDALONE;

  /** The word of the command line, and of the folder with the target's defaults. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Where the driver runs unless the user says otherwise. A standalone cluster ships no files to a
   * driver of its own, so that driver could not read the job.
   */
  DeployMode deployMode() {
    return this == STANDALONE ? DeployMode.CLIENT : DeployMode.CLUSTER;
  }

  /** What the URL of such a master begins with. */
  String masterPrefix() {
    return switch (this) {
      case YARN -> "yarn";
      case KUBERNETES -> "k8s://";
      case STANDALONE -> "spark://";
    };
  }
}
