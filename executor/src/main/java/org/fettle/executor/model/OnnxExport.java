package org.fettle.executor.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.fettle.executor.data.Encoder;
import org.fettle.executor.data.Moments;
import org.fettle.executor.data.Preprocessing;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.onnx.OnnxModel;
import org.fettle.optimizers.onnx.OnnxScaling;

/** Writes a study's final model as ONNX. */
public final class OnnxExport {

  private OnnxExport() {}

  /**
   * The bytes of a file of ONNX.
   *
   * @throws IOException where the model cannot be written so
   */
  public static byte[] of(ModelFiles files) throws IOException {
    Schema schema = files.schema();
    if (!files.files().containsKey(WeightsFile.NAME)) {
      throw new IOException(
          "Cannot write ONNX: models of the engine %s have no %s"
              .formatted(schema.engine(), WeightsFile.NAME));
    }
    try {
      return OnnxModel.of(
          schema.network(),
          schema.link(),
          WeightsFile.read(files.files()),
          scaling(schema.preprocessing()),
          schema.labels());
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot write ONNX: " + e.getMessage(), e);
    }
  }

  private static OnnxScaling scaling(Preprocessing preprocessing) {
    Moments[] moments = preprocessing.moments();
    double[] imputed = new double[moments.length];
    int at = 0;
    for (Encoder encoder : preprocessing.encoders()) {
      imputed[at] = encoder instanceof Encoder.Numeric numeric ? numeric.mean() : 0;
      at += encoder.width();
    }
    Optional<double[]> target =
        preprocessing.target().map(each -> new double[] {each.mean(), each.deviation()});
    return new OnnxScaling(
        imputed,
        Arrays.stream(moments).mapToDouble(Moments::mean).toArray(),
        Arrays.stream(moments).mapToDouble(Moments::deviation).toArray(),
        target);
  }
}
