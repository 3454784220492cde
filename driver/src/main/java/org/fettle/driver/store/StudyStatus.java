package org.fettle.driver.store;

/** Where a study stands. The names are written to files: add, never rename. */
public enum StudyStatus {
  /** Running, or its driver died; the journal cannot tell. */
  OPEN,
  /** It took all its trials, or tried its whole space. */
  DONE,
  /** A person or the cluster stopped it. */
  INTERRUPTED,
  /** The cluster broke under it. */
  FAILED
}
