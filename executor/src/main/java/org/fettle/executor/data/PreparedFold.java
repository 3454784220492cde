package org.fettle.executor.data;

import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;

/**
 * The scaled examples of one fold.
 *
 * @param validation empty when all rows train, for the final model
 * @param rawTargets of the validation rows, in the data's own units
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record PreparedFold(
    Preprocessing preprocessing,
    Examples training,
    Optional<Examples> validation,
    float[] rawTargets) {

  /** Fits the preprocessing on the fold's training rows, and applies it to all its rows. */
  public static PreparedFold of(StudyData data, int fold) {
    Table table = data.table();
    int[] rows = data.folds().training(fold);
    int[] held = data.folds().validation(fold);
    float[] rawTargets = new float[held.length];
    for (int i = 0; i < held.length; i++) {
      rawTargets[i] = table.targets()[held[i]];
    }
    Preprocessing preprocessing = Preprocessing.fit(table, rows);
    return new PreparedFold(
        preprocessing,
        preprocessing.examples(table, rows),
        Optional.of(preprocessing.examples(table, held)),
        rawTargets);
  }

  /** All rows as training rows. */
  public static PreparedFold ofAllRows(StudyData data) {
    int[] rows = IntStream.range(0, data.table().rows()).toArray();
    Preprocessing preprocessing = Preprocessing.fit(data.table(), rows);
    return new PreparedFold(
        preprocessing, preprocessing.examples(data.table(), rows), Optional.empty(), new float[0]);
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
