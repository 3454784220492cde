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

  /**
   * A run begins, and with the first the trial. In company it may take as long as all of them would
   * one after the other.
   */
  void began(InFlight trial, int fold, LoopEvent.Company company) {
    if (trial.begins()) {
      limits
          .trialTimeout()
          .ifPresent(limit -> after(limit, company.trials(), trial, InFlight.WHOLE, "Trial"));
    }
    limits.runTimeout().ifPresent(limit -> after(limit, company.runs(), trial, fold, "Run"));
  }

  private void after(Duration each, int together, InFlight trial, int fold, String what) {
    Duration limit = each.multipliedBy(together);
    String words = limit.toString().substring(2).toLowerCase(Locale.ROOT);
    String others = together == 1 ? "" : " as one network with %d others".formatted(together - 1);
    String message = "%s must end within %s%s, but did not".formatted(what, words, others);
    LoopEvent event = new LoopEvent.TimeUp(trial.number(), fold, trial.attempt(fold), message);
    aside.after(limit, () -> listener.accept(event));
  }
}
