package org.fettle.optimizers.dl4j;

import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's memory arenas of the calling thread. */
final class Workspaces {

  private Workspaces() {}

  /**
   * Frees them at once. ND4J's own {@code destroyAllWorkspacesForCurrentThread} runs the garbage
   * collector as well, for the whole JVM: a tenth of a second that stops every run in the executor.
   */
  static void free() {
    MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
    manager.getAllWorkspacesForCurrentThread().forEach(manager::destroyWorkspace);
  }
}
