package org.fettle.driver.submit;

import java.util.Locale;

/** Where the driver runs. */
public enum DeployMode {
  /** In a process of the machine that submits. */
  CLIENT,
  /** On the cluster. */
  CLUSTER;

  /** Spark's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
