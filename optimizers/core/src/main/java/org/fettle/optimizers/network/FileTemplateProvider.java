package org.fettle.optimizers.network;

/** Makes networks of what a user's file says. */
public interface FileTemplateProvider extends NetworkTemplateProvider {

  /** The setting, a text, that names the file; {@link #build} is given its content instead. */
  String FILE = "file";

  /**
   * Turns the file into a text that {@link #build} understands. Done once for a study, where the
   * file can be reached.
   *
   * @throws IllegalArgumentException where it is no such file, or nothing can be made of it
   */
  String read(byte[] file);
}
