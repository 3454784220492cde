package org.fettle.optimizers.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.search.settings.Provider;

/**
 * Reads what the models of an engine {@link TrainedModel#save}d. {@link #name()} is the engine's
 * name, which stands beside the files.
 */
public interface ModelReader extends Provider {

  /** Which of the saved files it reads. */
  List<String> files();

  /**
   * Returns a network that predicts as the saved one did: on the same machine, rows that are
   * predicted together get the same bits.
   *
   * @param link what makes predictions of the last sums
   * @param files those of {@link #files()}, as they were saved
   * @throws IOException where the files are not those of such a network
   */
  Predictor read(NetworkSpec network, Loss.Link link, Map<String, byte[]> files) throws IOException;
}
