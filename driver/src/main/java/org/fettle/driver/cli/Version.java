package org.fettle.driver.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  /** For classes that did not come from a jar. */
  private static final String UNPACKAGED = "unpackaged";

  static String fettle() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? UNPACKAGED : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"fettle " + fettle()};
  }
}
