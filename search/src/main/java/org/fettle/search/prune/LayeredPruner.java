package org.fettle.search.prune;

import static java.util.Objects.requireNonNull;

import org.fettle.search.study.History;
import org.fettle.search.study.Trial;

/** Two levels: a rule over the epochs inside a fold, and a rule over whole folds. */
public final class LayeredPruner implements Pruner {

  private final Pruner epochs;
  private final Pruner folds;

  public LayeredPruner(Pruner epochs, Pruner folds) {
    this.epochs = requireNonNull(epochs, "epochs is null");
    this.folds = requireNonNull(folds, "folds is null");
  }

  /** Stops where either level does; the fold's reason goes first, since it rests on more. */
  @Override
  public Verdict decide(History history, Trial running) {
    Verdict verdict = folds.decide(history, running);
    return verdict instanceof Verdict.Stop ? verdict : epochs.decide(history, running);
  }
}
