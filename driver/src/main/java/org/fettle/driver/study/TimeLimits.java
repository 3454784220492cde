package org.fettle.driver.study;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.fettle.driver.job.FailureSpec;

/** Says when time is up for a trial or a run. */
final class TimeLimits {

  private final FailureSpec limits;
  private final Aside aside;
  private final Consumer<LoopEvent> listener;

  /**
   * Limits of time.
   *
   * @param listener hears on any thread
   */
  TimeLimits(FailureSpec limits, Aside aside, Consumer<LoopEvent> listener) {
    this.limits = limits;
    this.aside = aside;
    this.listener = listener;
  }

  /** A run begins, and with the first the trial. */
  void began(InFlight trial, int fold) {
    if (trial.begins()) {
      limits
          .trialTimeout()
          .ifPresent(
              limit -> after(limit, trial, InFlight.WHOLE, trial.attempt(InFlight.WHOLE), "Trial"));
    }
    limits.runTimeout().ifPresent(limit -> after(limit, trial, fold, trial.attempt(fold), "Run"));
  }

  private void after(Duration limit, InFlight trial, int fold, int attempt, String what) {
    String words = limit.toString().substring(2).toLowerCase(Locale.ROOT);
    String message = "%s must end within %s, but did not".formatted(what, words);
    LoopEvent event = new LoopEvent.TimeUp(trial.number(), fold, attempt, message);
    aside.after(limit, () -> listener.accept(event));
  }
}
