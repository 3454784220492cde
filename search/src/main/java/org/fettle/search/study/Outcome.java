package org.fettle.search.study;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How a trial ended. */
public sealed interface Outcome {

  TrialState state();

  /** What kind of failure it was, if it was one. */
  default Optional<FailureCode> failure() {
    return Optional.empty();
  }

  /** Why the trial did not complete, in words; empty if it did. */
  default Optional<String> explanation() {
    return Optional.empty();
  }

  /** The trial ran to its end; the measurement is the trial's score over all its folds. */
  record Completed(Measurement measurement) implements Outcome {
    public Completed {
      requireNonNull(measurement, "measurement is null");
    }

    @Override
    public TrialState state() {
      return TrialState.COMPLETED;
    }
  }

  /**
   * A pruner stopped the trial.
   *
   * @param measurement what had been measured by then; may be empty of metrics
   * @param reason in words a person understands
   */
  record Pruned(Measurement measurement, String reason) implements Outcome {
    public Pruned {
      requireNonNull(measurement, "measurement is null");
      if (reason.isBlank()) {
        throw new IllegalArgumentException("Reason of a pruned trial must not be blank");
      }
    }

    @Override
    public TrialState state() {
      return TrialState.PRUNED;
    }

    @Override
    public Optional<String> explanation() {
      return Optional.of(reason);
    }
  }

  /** The trial broke for a reason that says nothing about its assignment, or nothing certain. */
  record Failed(FailureCode code, String message) implements Outcome {
    public Failed {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }

    @Override
    public TrialState state() {
      return TrialState.FAILED;
    }

    @Override
    public Optional<FailureCode> failure() {
      return Optional.of(code);
    }

    @Override
    public Optional<String> explanation() {
      return Optional.of(message);
    }
  }

  /**
   * The assignment cannot be evaluated here: it diverged, needs more memory or more time than there
   * is. A model-based suggester keeps away from such assignments.
   */
  record Infeasible(FailureCode code, String message) implements Outcome {
    public Infeasible {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }

    @Override
    public TrialState state() {
      return TrialState.INFEASIBLE;
    }

    @Override
    public Optional<FailureCode> failure() {
      return Optional.of(code);
    }

    @Override
    public Optional<String> explanation() {
      return Optional.of(message);
    }
  }

  /** The outcome that a kind of failure leads to. */
  static Outcome of(FailureCode code, String message) {
    return code.infeasible() ? new Infeasible(code, message) : new Failed(code, message);
  }
}
