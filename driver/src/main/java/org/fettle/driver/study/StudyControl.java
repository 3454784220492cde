package org.fettle.driver.study;

/** What a listener may do about a study. Safe for several threads. */
public interface StudyControl {

  /** The name of the study. */
  String study();

  /**
   * Ends the study as a stop rule would: no trial begins any more, those in flight go on to their
   * end, and the results are written. Of several reasons the first stays.
   *
   * @param reason in words, for the journal
   */
  void stop(String reason);
}
