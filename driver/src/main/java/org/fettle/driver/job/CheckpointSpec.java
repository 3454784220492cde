package org.fettle.driver.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.fettle.search.settings.Settings;

/**
 * When runs leave checkpoints.
 *
 * @param everyEpochs so many epochs after the last one; empty where epochs do not matter
 * @param everyMinutes so long after the last one; 0 where time does not matter
 * @param keep how many of a run are kept, the latest
 */
public record CheckpointSpec(OptionalInt everyEpochs, double everyMinutes, int keep) {

  static final String EVERY_EPOCHS = "every-epochs";
  static final String EVERY_MINUTES = "every-minutes";
  static final String KEEP = "keep";

  public CheckpointSpec {
    if (everyEpochs.isPresent() && everyEpochs.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Epochs between checkpoints must be at least 1, but were " + everyEpochs.getAsInt());
    }
  }

  static CheckpointSpec of(Settings settings) {
    return new CheckpointSpec(
        settings
            .optionalInteger(EVERY_EPOCHS)
            .map(epochs -> OptionalInt.of(epochs.intValue()))
            .orElse(OptionalInt.empty()),
        settings.number(EVERY_MINUTES),
        Math.toIntExact(settings.integer(KEEP)));
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    everyEpochs.ifPresent(epochs -> canonical.put(EVERY_EPOCHS, (long) epochs));
    canonical.put(EVERY_MINUTES, everyMinutes);
    canonical.put(KEEP, (long) keep);
    return canonical;
  }
}
