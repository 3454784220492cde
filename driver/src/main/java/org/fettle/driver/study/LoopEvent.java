package org.fettle.driver.study;

import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Report;

/** What the study loop is told, by whichever thread. */
sealed interface LoopEvent {

  /** A run begins to be worked on, as it was begun for the so-manieth time. */
  record RunBegan(int trial, int fold, int attempt, Company company) implements LoopEvent {}

  /** How many runs are in a task, and of how many trials. */
  record Company(int runs, int trials) {}

  /** A run says how far it is. */
  record Reported(int trial, Report report) implements LoopEvent {}

  /** A run ended, as it was begun for the so-manieth time. */
  record RunEnded(int trial, int fold, int attempt, TaskResult result) implements LoopEvent {}

  /** All runs of a task have ended. */
  record TaskEnded() implements LoopEvent {}

  /**
   * Time is up.
   *
   * @param fold or {@link InFlight#WHOLE}
   * @param attempt of the fold, or how often the whole trial was begun again
   */
  record TimeUp(int trial, int fold, int attempt, String limit) implements LoopEvent {}

  /** A suggestion was made. */
  record Suggested(Suggesting.Made made) implements LoopEvent {}

  /** There will be no suggestion. */
  record SuggesterThrew(Throwable failure) implements LoopEvent {
    /** To be thrown; an error is thrown here. */
    RuntimeException exception() {
      if (failure instanceof Error error) {
        throw error;
      }
      return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
  }

  /** The cluster grew or shrank. */
  record SlotsChanged() implements LoopEvent {}

  /** Someone wants no more trials to begin. */
  record Finish(String reason) implements LoopEvent {}

  /** Someone wants the study to end. */
  record Stop() implements LoopEvent {}
}
