package org.fettle.optimizers.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fettle.optimizers.data.Scaling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes the file that {@code ModelSerializer} of Deeplearning4j reads. Its own {@code writeModel}
 * with a normalizer flushes a stream that it has closed, which commons-io refuses from 2.7 on.
 */
final class ModelFile {

  private ModelFile() {}

  static void write(Path file, Standalone.Content network, Scaling scaling) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      begin(zip, "configuration.json");
      zip.write(network.configuration().getBytes(StandardCharsets.UTF_8));
      begin(zip, "coefficients.bin");
      DataOutputStream data = new DataOutputStream(zip);
      Nd4j.write(network.parameters(), data);
      data.flush();
      begin(zip, "normalizer.bin");
      zip.write(normalizer(scaling));
    }
  }

  /** Without the time of day, equal models are equal files. */
  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
  }

  private static byte[] normalizer(Scaling scaling) throws IOException {
    NormalizerStandardize normalizer =
        new NormalizerStandardize(row(scaling.featureMeans()), row(scaling.featureDeviations()));
    scaling
        .target()
        .ifPresent(
            target -> {
              normalizer.setLabelStats(row(target.mean()), row(target.deviation()));
              normalizer.fitLabel(true);
            });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NormalizerSerializer.getDefault().write(normalizer, bytes);
    return bytes.toByteArray();
  }

  private static INDArray row(float... values) {
    return Nd4j.create(values, new long[] {1, values.length});
  }
}
