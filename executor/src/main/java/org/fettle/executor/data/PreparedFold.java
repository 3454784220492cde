package org.fettle.executor.data;

import java.util.Optional;
import org.fettle.optimizers.data.Examples;

/**
 * The scaled examples of one fold.
 *
 * @param validation empty for a final model that all rows train
 * @param rawTargets of the validation rows, in the data's own units
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record PreparedFold(
    Preprocessing preprocessing,
    Examples training,
    Optional<Examples> validation,
    float[] rawTargets) {

  /** Fits the preprocessing on a run's training rows, and applies it to all its rows. */
  public static PreparedFold of(StudyData data, int fold) {
    return of(data.table(), data.folds().training(fold), data.folds().validation(fold));
  }

  /** The rows of the final model, to be judged by the test rows where there are any. */
  public static PreparedFold ofRefit(StudyData data) {
    return of(data.table(), data.folds().refit(), data.folds().test());
  }

  private static PreparedFold of(Table table, int[] rows, int[] held) {
    float[] rawTargets = new float[held.length];
    for (int i = 0; i < held.length; i++) {
      rawTargets[i] = table.targets()[held[i]];
    }
    Preprocessing preprocessing = Preprocessing.fit(table, rows);
    return new PreparedFold(
        preprocessing,
        preprocessing.examples(table, rows),
        held.length == 0 ? Optional.empty() : Optional.of(preprocessing.examples(table, held)),
        rawTargets);
  }

  /** The same rows with targets divided by their mean, for losses of counts. */
  public PreparedFold withTargetRatios() {
    Preprocessing ratios = preprocessing.withTargetRatios();
    return new PreparedFold(
        ratios,
        ratios.rescaled(training, preprocessing),
        validation.map(examples -> ratios.rescaled(examples, preprocessing)),
        rawTargets);
  }

  /** Memory held, in bytes. */
  long bytes() {
    long rows = (long) training.rows() + validation.map(Examples::rows).orElse(0);
    return (rows * (preprocessing.width() + 1) + rawTargets.length) * Float.BYTES;
  }
}
